#include "handlers/domain/git_access/ip_allow_list.hpp"

#include <algorithm>

#include "app/ip_range.hpp"

namespace innergate::handlers::domain::git_access {

bool is_address_admitted(
    std::span<const std::vector<std::string>> groups, const std::optional<std::string>& address
) {
    if (groups.empty() || !address) {
        return true;
    }
    return std::ranges::all_of(groups, [&address](const auto& ranges) {
        return std::ranges::any_of(ranges, [&address](const std::string& range) {
            return is_in_ip_range(*address, range);
        });
    });
}

}  // namespace innergate::handlers::domain::git_access
