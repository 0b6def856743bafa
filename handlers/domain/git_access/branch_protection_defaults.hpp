// The JSON in which namespaces and the instance keep how they protect branches by default.
#pragma once

#include <optional>
#include <string_view>

#include "handlers/domain/git_access/facts.hpp"

namespace innergate::handlers::domain::git_access {

/// `{"allowed_to_push":[{"access_level":40}],"allowed_to_merge":[…],"allow_force_push":false,
/// "developer_can_initial_push":false}`, GitLab's form. Members that are absent or of another type
/// keep their default. Nothing (not set): the text is no object, or an empty one.
[[nodiscard]] std::optional<BranchProtectionDefaults> parse_branch_protection_defaults(
    std::string_view text
);

}  // namespace innergate::handlers::domain::git_access
