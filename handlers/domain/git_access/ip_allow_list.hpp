// From where a group and all below it may be reached.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace innergate::handlers::domain::git_access {

/// Whether every group admits the address. A group that names nothing is not in `groups`.
///
/// Each range is an IPv4 or IPv6 address or a network such as 192.0.2.0/24 (set host bits do not
/// count). A range that is neither admits nobody. An IPv4 address written as IPv6
/// (::ffff:192.0.2.1) is that IPv4 address. No address at all passes: Gitaly's hook sends none, and
/// the push was admitted when gitlab-shell asked with one. A text that is no address (`[127.0`, or
/// empty) does not pass, because a request from an unknown place may not come from an allowed one.
[[nodiscard]] bool is_address_admitted(
    std::span<const std::vector<std::string>> groups, const std::optional<std::string>& address
);

}  // namespace innergate::handlers::domain::git_access
