// Rules of a push to a snippet.
#include "handlers/domain/git_access/push_rules.hpp"

namespace innergate::handlers::domain::git_access {
namespace {

constexpr int kUnauthorized = 401;

/// A snippet is its default branch: nothing else is made, and nothing is deleted.
Outcome one_branch(Examination& examination, const Change& change) {
    RuleRecord rule{
        examination.input().trace, "snippet-branch", "A snippet keeps its one branch", change.ref};
    if (change.kind == ChangeKind::update) {
        return rule.does_not_apply();
    }
    bool is_allowed = false;
    if (change.kind == ChangeKind::creation && change.ref_kind == RefKind::branch) {
        const auto& default_branch = examination.default_branch();
        if (!default_branch) {
            return examination.without_answer(
                rule, Check::repository_state, default_branch.error()
            );
        }
        rule.text("default_branch", default_branch->value_or(""));
        is_allowed = *default_branch == change.name;
    }
    if (!is_allowed) {
        return rule.refuses(kUnauthorized, "You can not create or delete branches.");
    }
    return rule.passes();
}

Outcome number_of_files(Examination& examination, const Change& change) {
    constexpr std::size_t kMaxFiles = 10;
    RuleRecord rule{
        examination.input().trace, "snippet-files", "A snippet has one to ten files", change.ref};
    if (change.kind == ChangeKind::deletion) {
        return rule.does_not_apply();
    }
    const auto count = examination.inspection().file_count(change.new_id);
    if (!count) {
        return examination.without_answer(rule, Check::snippet_files, count.error());
    }
    rule.number("files", static_cast<long long>(*count));
    if (*count > kMaxFiles) {
        return rule.refuses(kUnauthorized, "The repository can contain at most 10 file(s).");
    }
    if (*count == 0) {
        return rule.refuses(kUnauthorized, "The repository must contain at least 1 file.");
    }
    return rule.passes();
}

}  // namespace

Outcome check_snippet_push(Examination& examination, std::span<const Change> changes) {
    for (const Change& change : changes) {
        examination.begin_ref(change.name);
        if (Outcome outcome =
                examination.timed("Checking if a branch is created or deleted...", [&] {
                    return one_branch(examination, change);
                })) {
            return outcome;
        }
        if (Outcome outcome = examination.timed("Checking the number of files...", [&] {
                return number_of_files(examination, change);
            })) {
            return outcome;
        }
    }
    return std::nullopt;
}

}  // namespace innergate::handlers::domain::git_access
