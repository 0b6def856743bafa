#include "app/http/authorization.hpp"

#include <algorithm>

namespace innergate::http {
namespace {

char folded(char character) {
    return character >= 'A' && character <= 'Z' ? static_cast<char>(character - 'A' + 'a')
                                                : character;
}

}  // namespace

std::optional<std::string_view> credentials_of(
    std::string_view authorization, std::string_view scheme
) {
    const std::size_t end = std::min(authorization.find(' '), authorization.size());
    if (!std::ranges::equal(authorization.substr(0, end), scheme, {}, folded, folded)) {
        return std::nullopt;
    }
    authorization.remove_prefix(end);
    authorization.remove_prefix(std::min(authorization.find_first_not_of(' '), authorization.size())
    );
    return authorization;
}

}  // namespace innergate::http
