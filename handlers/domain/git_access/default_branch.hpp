// The default branch of a project: what it is called before there is one, how it is protected once
// it is there, and who gives way when the repository's HEAD names another one.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "handlers/domain/git_access/facts.hpp"

namespace innergate::handlers::domain::git_access {

/// The branch that HEAD of a new repository names: the setting of the project's own group, else the
/// instance's, else main. An empty name is not set, and neither is one that no branch can have.
[[nodiscard]] std::string new_default_branch(
    std::string_view of_group, std::string_view of_instance
);

/// The protection that a branch gets when it becomes the default one.
struct DefaultBranchRule {
    Role push = Role::maintainer;
    Role merge = Role::maintainer;
    bool allows_force_push = false;

    friend bool operator==(const DefaultBranchRule&, const DefaultBranchRule&) = default;
};

/// As GitLab's ProtectDefaultBranchService. `rules` are names and patterns that are protected
/// already, of the project and of the groups above it.
/// Nothing: one of them matches, or the defaults let developers do everything.
[[nodiscard]] std::optional<DefaultBranchRule> default_branch_rule(
    std::string_view branch,
    const BranchProtectionDefaults& defaults,
    std::span<const std::string> rules
);

/// What makes HEAD and `projects.default_branch` the same.
enum class HeadAgreement {
    reached,           ///< they are the same
    database_follows,  ///< the database takes over what HEAD names
    head_follows,      ///< HEAD is pointed at the database's branch
};

/// What is to be done after a first push. `head` is empty where HEAD names no branch.
/// `default_branch` is what the database has now, `chosen` what it took when the push came. The
/// database follows HEAD to another of the `pushed` branches, unless somebody has changed the
/// database's branch since.
[[nodiscard]] HeadAgreement head_agreement(
    const std::optional<std::string>& head,
    std::string_view default_branch,
    std::string_view chosen,
    std::span<const std::string> pushed
);

}  // namespace innergate::handlers::domain::git_access
