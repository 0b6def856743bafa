// Protected branches and tags: which rules a ref falls under, and whom they let pass.
#pragma once

#include <span>
#include <string_view>

#include "handlers/domain/git_access/facts.hpp"
#include "handlers/domain/git_access/rights.hpp"

namespace innergate::handlers::domain::git_access {

/// What all rules that match a branch allow together: one that grants is enough.
struct BranchRules {
    bool is_protected = false;
    bool allows_force_push = false;
    bool can_push = false;
    bool can_merge = false;
};

struct TagRules {
    bool is_protected = false;
    bool can_create = false;
};

/// `person` is the user or the deploy key's owner. A rule without rows for pushing lets nobody
/// push.
[[nodiscard]] BranchRules branch_rules(
    std::string_view branch,
    std::span<const ProtectedBranch> protected_branches,
    const Person& person,
    const ProjectFacts& project
);

[[nodiscard]] TagRules tag_rules(
    std::string_view tag,
    std::span<const ProtectedTag> protected_tags,
    const Person& person,
    const ProjectFacts& project
);

[[nodiscard]] bool is_protected_branch(
    std::string_view branch, std::span<const ProtectedBranch> protected_branches
);

/// Whether one row lets the person pass. Level 0 lets nobody pass, and level 60 administrators
/// only. Every other level asks for the right to push and at least that role; administrators count
/// as having every role. A row that names a user or a group also asks for the right to push. A row
/// that names a deploy key asks for membership instead.
[[nodiscard]] bool grants(
    const ProtectionRow& row, const Person& person, const ProjectFacts& project
);

/// Of the project's namespace, or else of the instance.
[[nodiscard]] const BranchProtectionDefaults& branch_protection_defaults(
    const ProjectFacts& project, const InstanceFacts& instance
);

/// Whether every branch of an empty repository is protected: it is unless developers may push.
[[nodiscard]] bool is_first_push_restricted(const BranchProtectionDefaults& defaults);

/// Whether the role lets the person make the first push of a protected branch: maintainers and
/// administrators always, developers where the defaults say so.
[[nodiscard]] bool can_push_first(const Person& person, const BranchProtectionDefaults& defaults);

}  // namespace innergate::handlers::domain::git_access
