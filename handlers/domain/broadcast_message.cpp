#include "handlers/domain/broadcast_message.hpp"

#include <algorithm>

#include "app/ascii.hpp"

namespace innergate::handlers::domain {
namespace {

std::string_view without_leading_slash(std::string_view path) {
    if (path.starts_with('/')) {
        path.remove_prefix(1);
    }
    return path;
}

bool is_for(const Banner& banner, std::optional<int> access_level) {
    return banner.target_access_levels.empty() ||
           (access_level && std::ranges::find(banner.target_access_levels, *access_level) !=
                                banner.target_access_levels.end());
}

}  // namespace

bool matches_target_path(std::string_view pattern, std::string_view full_path) {
    const std::string_view wanted = without_leading_slash(pattern);
    const std::string_view path = without_leading_slash(full_path);
    // Back to the last star whenever a character does not match: never worse than the product of
    // both lengths, where recursion would be exponential.
    std::size_t at = 0;
    std::size_t in_path = 0;
    std::size_t star = std::string_view::npos;
    std::size_t star_in_path = 0;
    while (in_path < path.size()) {
        if (at < wanted.size() && wanted[at] == '*') {
            star = at++;
            star_in_path = in_path;
        } else if (at < wanted.size() && ascii::lower(wanted[at]) == ascii::lower(path[in_path])) {
            ++at;
            ++in_path;
        } else if (star != std::string_view::npos) {
            at = star + 1;
            in_path = ++star_in_path;
        } else {
            return false;
        }
    }
    return wanted.find_first_not_of('*', at) == std::string_view::npos;
}

const Banner* choose_banner(
    std::span<const Banner> banners, std::string_view full_path, std::optional<int> access_level
) {
    const Banner* for_path = nullptr;
    const Banner* for_everywhere = nullptr;
    for (const Banner& banner : banners) {
        if (!is_for(banner, access_level)) {
            continue;
        }
        const bool has_target = !banner.target_path.empty();
        if (has_target &&
            (full_path.empty() || !matches_target_path(banner.target_path, full_path))) {
            continue;
        }
        const Banner*& best = has_target ? for_path : for_everywhere;
        if (best == nullptr || best->id < banner.id) {
            best = &banner;
        }
    }
    return for_path != nullptr ? for_path : for_everywhere;
}

}  // namespace innergate::handlers::domain
