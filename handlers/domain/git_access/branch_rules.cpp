// Rules of one changed branch.
#include <algorithm>

#include "handlers/domain/git_access/git_action.hpp"
#include "handlers/domain/git_access/protection.hpp"
#include "handlers/domain/git_access/ref_name.hpp"
#include "handlers/domain/git_access/ref_rules.hpp"

namespace innergate::handlers::domain::git_access {
namespace {

constexpr int kUnauthorized = 401;

/// One change to one branch of the project.
struct BranchChange {
    Examination& examination;
    const Change& change;
    Person person;
    BranchRules rules;

    [[nodiscard]] const DecisionInput& input() const { return examination.input(); }
    [[nodiscard]] const ProjectFacts& project() const { return *project_of(input()); }
    [[nodiscard]] RuleRecord rule(std::string_view number, std::string_view demand) const {
        return {input().trace, number, demand, change.ref};
    }
};

Outcome default_branch_stays(const BranchChange& branch) {
    RuleRecord rule = branch.rule("B1", "The default branch is not deleted");
    if (branch.change.kind != ChangeKind::deletion) {
        return rule.does_not_apply();
    }
    const auto& default_branch = branch.examination.default_branch();
    if (!default_branch) {
        return branch.examination.without_answer(
            rule, Check::repository_state, default_branch.error()
        );
    }
    rule.text("default_branch", default_branch->value_or(""));
    if (*default_branch == branch.change.name) {
        return rule.refuses(kUnauthorized, "The default branch of a project cannot be deleted.");
    }
    return rule.passes();
}

Outcome name_is_no_sha(const BranchChange& branch) {
    RuleRecord rule = branch.rule("B2", "The name is not that of a commit");
    if (branch.change.kind == ChangeKind::deletion) {
        return rule.does_not_apply();
    }
    if (is_sha_like_branch_name(branch.change.name)) {
        return rule.refuses(
            kUnauthorized, "You cannot create a branch with a SHA-1 or SHA-256 branch name."
        );
    }
    return rule.passes();
}

Outcome name_is_valid(const BranchChange& branch) {
    RuleRecord rule = branch.rule("B3", "The name keeps to the rules of refs");
    if (branch.change.kind == ChangeKind::deletion) {
        return rule.does_not_apply();
    }
    if (!is_valid_ref_name(branch.change.name)) {
        return rule.refuses(kUnauthorized, "You cannot create a branch with an invalid name.");
    }
    return rule.passes();
}

Outcome goes_forward(const BranchChange& branch) {
    RuleRecord rule = branch.rule("B4", "A protected branch is not force pushed");
    if (branch.change.kind != ChangeKind::update || !branch.rules.is_protected) {
        return rule.does_not_apply();
    }
    if (branch.rules.allows_force_push) {
        return rule.flag("allows_force_push", true).passes();
    }
    const auto is_forward =
        branch.examination.inspection().is_ancestor(branch.change.old_id, branch.change.new_id);
    if (!is_forward) {
        return branch.examination.without_answer(rule, Check::force_push, is_forward.error());
    }
    rule.flag("is_fast_forward", *is_forward);
    if (!*is_forward) {
        return rule.refuses(
            kUnauthorized,
            "You are not allowed to force push code to a protected branch on this project."
        );
    }
    return rule.passes();
}

std::string first_push_text(const BranchChange& branch) {
    const std::string& path = branch.project().full_path;
    std::string text = "\nA default branch (e.g. main) does not yet exist for " + path;
    text += "\nAsk a project Owner or Maintainer to create a default branch:\n\n  ";
    text += branch.input().settings.instance_url + "/" + path + "/-/project_members\n\n";
    return text;
}

/// In an empty repository this rule alone decides about protected branches, and by default all are.
Outcome first_push(const BranchChange& branch) {
    RuleRecord rule = branch.rule("B5", "The actor may make the first push");
    const BranchProtectionDefaults& defaults =
        branch_protection_defaults(branch.project(), branch.input().instance);
    const bool is_protected = branch.rules.is_protected || is_first_push_restricted(defaults);
    rule.flag("is_protected", is_protected).flag("can_push_by_rule", branch.rules.can_push);
    rule.number("role", static_cast<int>(branch.person.role));
    if (is_protected && !branch.rules.can_push && !can_push_first(branch.person, defaults)) {
        return rule.refuses(kUnauthorized, first_push_text(branch));
    }
    return rule.passes();
}

/// What is left when nobody can say on which branches the commit lies. Over SSH and HTTP it does
/// not matter: such a branch can be made through the web interface only.
Outcome unknown_base(
    const BranchChange& branch, RuleRecord& rule, const InspectionFailure& failure
) {
    if (failure.kind != InspectionFailure::Kind::out_of_time && !is_web(branch.input().request)) {
        return rule.refuses(
            kUnauthorized,
            "You can only create protected branches using the web interface and API.",
            failure.reason
        );
    }
    return branch.examination.without_answer(rule, Check::branch_basis, failure);
}

Outcome protected_creation(const BranchChange& branch) {
    RuleRecord rule = branch.rule("B6", "The actor may create the protected branch");
    rule.flag("can_push", branch.rules.can_push).flag("can_merge", branch.rules.can_merge);
    if (branch.rules.can_push) {
        return rule.passes();
    }
    if (!branch.rules.can_merge) {
        return rule.refuses(
            kUnauthorized, "You are not allowed to create protected branches on this project."
        );
    }
    const auto bases = branch.examination.inspection().branches_containing(branch.change.new_id);
    if (!bases) {
        return unknown_base(branch, rule, bases.error());
    }
    const bool is_on_protected = std::ranges::any_of(*bases, [&](const std::string& base) {
        return is_protected_branch(base, branch.input().push.branches);
    });
    if (!is_on_protected) {
        return rule.refuses(
            kUnauthorized,
            "You can only use an existing protected branch ref as the basis of a new protected "
            "branch."
        );
    }
    if (!is_web(branch.input().request)) {
        return rule.refuses(
            kUnauthorized, "You can only create protected branches using the web interface and API."
        );
    }
    return rule.passes();
}

Outcome protected_deletion(const BranchChange& branch) {
    RuleRecord rule = branch.rule("B7", "The actor may delete the protected branch");
    rule.number("role", static_cast<int>(branch.person.role));
    if (!branch.person.is_maintainer()) {
        return rule.refuses(
            kUnauthorized,
            "You are not allowed to delete protected branches from this project. Only a project "
            "maintainer or owner can delete a protected branch."
        );
    }
    if (!is_web(branch.input().request)) {
        return rule.refuses(
            kUnauthorized, "You can only delete protected branches using the web interface."
        );
    }
    return rule.passes();
}

/// GitLab merges by pushing the merge commit; the merge request is locked meanwhile.
bool is_being_merged(const BranchChange& branch) {
    return std::ranges::any_of(
        branch.input().push.locked_merge_requests,
        [&](const LockedMergeRequest& merge_request) {
            return merge_request.target_branch == branch.change.name &&
                   merge_request.in_progress_merge_commit_sha == branch.change.new_id;
        }
    );
}

Outcome protected_update(const BranchChange& branch) {
    RuleRecord rule = branch.rule("B8", "The actor may push or merge into the protected branch");
    const bool is_merge = is_being_merged(branch);
    rule.flag("is_being_merged", is_merge);
    rule.flag("can_push", branch.rules.can_push).flag("can_merge", branch.rules.can_merge);
    if (branch.rules.can_push || (is_merge && branch.rules.can_merge)) {
        return rule.passes();
    }
    return rule.refuses(
        kUnauthorized,
        is_merge ? "You are not allowed to merge code into protected branches on this project."
                 : "You are not allowed to push code to protected branches on this project."
    );
}

/// Only a creation can meet an empty repository: what is updated or deleted is a branch of it.
Outcome creation(const BranchChange& branch) {
    const BranchProtectionDefaults& defaults =
        branch_protection_defaults(branch.project(), branch.input().instance);
    if (branch.rules.is_protected || is_first_push_restricted(defaults)) {
        const auto& is_empty = branch.examination.is_empty();
        if (!is_empty) {
            RuleRecord rule = branch.rule("B5", "The actor may make the first push");
            return branch.examination.without_answer(
                rule, Check::repository_state, is_empty.error()
            );
        }
        if (*is_empty) {
            return first_push(branch);
        }
    }
    return branch.rules.is_protected ? protected_creation(branch) : std::nullopt;
}

Outcome existing_or_new(const BranchChange& branch) {
    if (branch.change.kind == ChangeKind::creation) {
        return branch.examination.timed(
            "Checking if you are allowed to create a protected branch...",
            [&branch] { return creation(branch); }
        );
    }
    if (!branch.rules.is_protected) {
        return std::nullopt;
    }
    if (branch.change.kind == ChangeKind::deletion) {
        return branch.examination.timed(
            "Checking if you are allowed to delete the protected branch...",
            [&branch] { return protected_deletion(branch); }
        );
    }
    return branch.examination.timed(
        "Checking if you are allowed to push to the protected branch...",
        [&branch] { return protected_update(branch); }
    );
}

}  // namespace

Outcome check_branch(Examination& examination, const Change& change) {
    const DecisionInput& input = examination.input();
    const Person person = person_of(input.actor, input.standing);
    const BranchChange branch{
        .examination = examination,
        .change = change,
        .person = person,
        .rules = branch_rules(change.name, input.push.branches, person, *project_of(input)),
    };
    if (Outcome outcome =
            examination.timed("Checking if default branch is being deleted...", [&branch] {
                return default_branch_stays(branch);
            })) {
        return outcome;
    }
    if (Outcome outcome = name_is_no_sha(branch)) {
        return outcome;
    }
    if (Outcome outcome = name_is_valid(branch)) {
        return outcome;
    }
    if (Outcome outcome = examination.timed(
            "Checking if you are force pushing to a protected branch...",
            [&branch] { return goes_forward(branch); }
        )) {
        return outcome;
    }
    return existing_or_new(branch);
}

}  // namespace innergate::handlers::domain::git_access
