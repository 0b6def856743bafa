#include "handlers/domain/git_access/default_branch.hpp"

#include <algorithm>
#include <array>

#include "handlers/domain/git_access/ref_name.hpp"
#include "handlers/domain/wildcard.hpp"

namespace innergate::handlers::domain::git_access {
namespace {

constexpr std::string_view kMain = "main";

bool has(std::span<const Role> levels, Role level) {
    return std::ranges::find(levels, level) != levels.end();
}

/// The first that is named. GitLab takes anything else, also an empty list, for administrators.
Role level_of(std::span<const Role> levels) {
    constexpr std::array kInOrder{Role::none, Role::developer, Role::maintainer};
    const auto* const found =
        std::ranges::find_if(kInOrder, [levels](Role level) { return has(levels, level); });
    return found == kInOrder.end() ? Role::admin : *found;
}

bool is_for_developers_only(std::span<const Role> levels) {
    return std::ranges::all_of(levels, [](Role level) { return level == Role::developer; });
}

}  // namespace

std::string new_default_branch(std::string_view of_group, std::string_view of_instance) {
    for (const std::string_view name : {of_group, of_instance}) {
        if (is_valid_ref_name(name)) {
            return std::string{name};
        }
    }
    return std::string{kMain};
}

std::optional<DefaultBranchRule> default_branch_rule(
    std::string_view branch,
    const BranchProtectionDefaults& defaults,
    std::span<const std::string> rules
) {
    const bool protects_nothing = defaults.allow_force_push &&
                                  is_for_developers_only(defaults.allowed_to_push) &&
                                  is_for_developers_only(defaults.allowed_to_merge);
    const bool is_protected = std::ranges::any_of(rules, [branch](const std::string& rule) {
        return matches_wildcard(rule, branch);
    });
    if (protects_nothing || is_protected) {
        return std::nullopt;
    }
    return DefaultBranchRule{
        .push = level_of(defaults.allowed_to_push),
        .merge = level_of(defaults.allowed_to_merge),
        .allows_force_push = defaults.allow_force_push};
}

HeadAgreement head_agreement(
    const std::optional<std::string>& head,
    std::string_view default_branch,
    std::string_view chosen,
    std::span<const std::string> pushed
) {
    if (head == default_branch) {
        return HeadAgreement::reached;
    }
    const bool is_as_chosen = default_branch == chosen;
    const bool names_pushed = head && std::ranges::find(pushed, *head) != pushed.end();
    return is_as_chosen && names_pushed ? HeadAgreement::database_follows
                                        : HeadAgreement::head_follows;
}

}  // namespace innergate::handlers::domain::git_access
