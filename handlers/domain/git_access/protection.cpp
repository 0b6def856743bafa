#include "handlers/domain/git_access/protection.hpp"

#include <algorithm>

#include "handlers/domain/wildcard.hpp"

namespace innergate::handlers::domain::git_access {
namespace {

bool any_grants(
    std::span<const ProtectionRow> rows, const Person& person, const ProjectFacts& project
) {
    return std::ranges::any_of(rows, [&](const ProtectionRow& row) {
        return grants(row, person, project);
    });
}

bool level_grants(Role level, const Person& person, const ProjectFacts& project) {
    if (level == Role::none) {
        return false;
    }
    if (level == Role::admin) {
        return person.is_admin();
    }
    return can_push_code(person, project) && (person.is_admin() || person.role >= level);
}

bool lets_developers_push(const BranchProtectionDefaults& defaults) {
    return std::ranges::find(defaults.allowed_to_push, Role::developer) !=
           defaults.allowed_to_push.end();
}

}  // namespace

BranchRules branch_rules(
    std::string_view branch,
    std::span<const ProtectedBranch> protected_branches,
    const Person& person,
    const ProjectFacts& project
) {
    BranchRules rules;
    for (const ProtectedBranch& rule : protected_branches) {
        if (!matches_wildcard(rule.name, branch)) {
            continue;
        }
        rules.is_protected = true;
        rules.allows_force_push = rules.allows_force_push || rule.allows_force_push;
        rules.can_push = rules.can_push || any_grants(rule.push, person, project);
        rules.can_merge = rules.can_merge || any_grants(rule.merge, person, project);
    }
    return rules;
}

TagRules tag_rules(
    std::string_view tag,
    std::span<const ProtectedTag> protected_tags,
    const Person& person,
    const ProjectFacts& project
) {
    TagRules rules;
    for (const ProtectedTag& rule : protected_tags) {
        if (matches_wildcard(rule.name, tag)) {
            rules.is_protected = true;
            rules.can_create = rules.can_create || any_grants(rule.create, person, project);
        }
    }
    return rules;
}

bool is_protected_branch(
    std::string_view branch, std::span<const ProtectedBranch> protected_branches
) {
    return std::ranges::any_of(protected_branches, [branch](const ProtectedBranch& rule) {
        return matches_wildcard(rule.name, branch);
    });
}

bool grants(const ProtectionRow& row, const Person& person, const ProjectFacts& project) {
    switch (row.subject) {
        case ProtectionRow::Subject::role:
            return level_grants(row.level, person, project);
        case ProtectionRow::Subject::user:
        case ProtectionRow::Subject::group:
            return row.names_actor && can_push_code(person, project);
        case ProtectionRow::Subject::deploy_key:
            break;
    }
    return row.names_actor && person.role >= Role::guest && can_read_project(person, project);
}

const BranchProtectionDefaults& branch_protection_defaults(
    const ProjectFacts& project, const InstanceFacts& instance
) {
    return project.branch_protection_defaults ? *project.branch_protection_defaults
                                              : instance.branch_protection_defaults;
}

bool is_first_push_restricted(const BranchProtectionDefaults& defaults) {
    return !lets_developers_push(defaults);
}

bool can_push_first(const Person& person, const BranchProtectionDefaults& defaults) {
    const bool can_developers =
        defaults.developer_can_initial_push || lets_developers_push(defaults);
    return person.is_maintainer() || (person.role == Role::developer && can_developers);
}

}  // namespace innergate::handlers::domain::git_access
