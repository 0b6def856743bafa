// Which of the instance's messages are shown to the person who pushed.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace innergate::handlers::domain {

/// An active message for terminals.
struct Banner {
    long long id = 0;
    std::string message;
    /// A full path in which * stands for any text; a slash before it does not count. Empty:
    /// everywhere.
    std::string target_path;
    std::vector<int> target_access_levels;  ///< empty: everybody
};

/// Whether such a pattern matches a full path, case-insensitively.
[[nodiscard]] bool matches_target_path(std::string_view pattern, std::string_view full_path);

/// The newest banner (highest id) for this path, else the newest for everywhere. Only banners for
/// the pusher's access level count. At most one: GitLab shows one banner after a push. `full_path`
/// empty: no project. `access_level` nothing: no user.
[[nodiscard]] const Banner* choose_banner(
    std::span<const Banner> banners, std::string_view full_path, std::optional<int> access_level
);

}  // namespace innergate::handlers::domain
