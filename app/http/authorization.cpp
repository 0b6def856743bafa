#include "app/http/authorization.hpp"

#include <algorithm>

#include "app/ascii.hpp"

namespace innergate::http {
std::optional<std::string_view> credentials_of(
    std::string_view authorization, std::string_view scheme
) {
    const std::size_t end = std::min(authorization.find(' '), authorization.size());
    if (!ascii::equal_ignoring_case(authorization.substr(0, end), scheme)) {
        return std::nullopt;
    }
    authorization.remove_prefix(end);
    authorization.remove_prefix(std::min(authorization.find_first_not_of(' '), authorization.size())
    );
    return authorization;
}

}  // namespace innergate::http
