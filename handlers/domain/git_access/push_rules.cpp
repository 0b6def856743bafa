// Rules of a whole push to a project, and of any ref in it.
#include "handlers/domain/git_access/push_rules.hpp"

#include <algorithm>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "handlers/domain/git_access/git_action.hpp"
#include "handlers/domain/git_access/ref_rules.hpp"
#include "handlers/domain/git_access/rights.hpp"
#include "handlers/domain/git_access/user_state.hpp"

namespace innergate::handlers::domain::git_access {
namespace {

constexpr int kUnauthorized = 401;
constexpr std::uint64_t kMebibyte = std::uint64_t{1024} * 1024;

/// A deploy key pushes on behalf of its owner, who has to be there, fit, and able to see the
/// project.
bool can_deploy_key_push_now(const DecisionInput& input, const ProjectFacts& project) {
    const Person owner = person_of(input.actor, input.standing);
    return owner.user != nullptr &&
           !reason_not_to_use_git(*owner.user, input.instance, input.settings, input.now) &&
           can_read_project(owner, project) && deploy_key_can_push(project, input.standing);
}

Outcome may_push(const Examination& examination, const Change& change) {
    const DecisionInput& input = examination.input();
    const ProjectFacts& project = *project_of(input);
    RuleRecord rule{input.trace, "P1", "The actor may push", change.ref};
    bool can_push = false;
    if (subject_of(input.actor) == Subject::deploy_key) {
        can_push = can_deploy_key_push_now(input, project);
    } else {
        const bool is_collaboration = change.ref_kind == RefKind::branch &&
                                      collaborates_on(change.name, project, input.standing);
        rule.flag("is_collaboration", is_collaboration);
        can_push =
            is_collaboration || can_push_code(person_of(input.actor, input.standing), project);
    }
    rule.number("role", static_cast<int>(input.standing.role));
    if (!can_push) {
        return rule.refuses(kUnauthorized, "You are not allowed to push code to this project.");
    }
    return rule.passes();
}

bool uses_lfs(const DecisionInput& input) {
    return input.instance.is_lfs_enabled && project_of(input)->is_lfs_enabled;
}

/// Locks by path, of everybody but the pusher.
struct ForeignLocks {
    std::map<std::string_view, const LfsFileLock*, std::less<>> by_path;
    std::vector<std::string> paths;  ///< each once
};

ForeignLocks foreign_locks(const DecisionInput& input) {
    ForeignLocks locks;
    if (!uses_lfs(input)) {
        return locks;
    }
    for (const LfsFileLock& lock : input.push.lfs_file_locks) {
        const bool is_foreign = !input.actor.user || lock.user_id != input.actor.user->id;
        if (is_foreign && locks.by_path.emplace(lock.path, &lock).second) {
            locks.paths.push_back(lock.path);
        }
    }
    return locks;
}

Outcome no_locked_file(Examination& examination, const Change& change, const ForeignLocks& locks) {
    RuleRecord rule{
        examination.input().trace, "D1", "No changed file is locked in Git LFS", change.ref};
    if (locks.paths.empty() || change.kind == ChangeKind::deletion ||
        change.ref_kind == RefKind::other) {
        return rule.does_not_apply();
    }
    const bool is_new = change.kind == ChangeKind::creation;
    rule.number("locked_paths", static_cast<long long>(locks.paths.size()));
    const auto path = examination.inspection().first_changed_path(
        is_new ? std::string_view{} : change.old_id, change.new_id, locks.paths
    );
    if (!path) {
        return examination.without_answer(rule, Check::lfs_locks, path.error());
    }
    if (*path) {
        return rule.refuses(
            kUnauthorized,
            "'" + **path + "' is locked in Git LFS by @" + locks.by_path.at(**path)->username
        );
    }
    return rule.passes();
}

Outcome check_change(Examination& examination, const Change& change, const ForeignLocks& locks) {
    examination.begin_ref(change.name);
    if (Outcome outcome =
            examination.timed("Checking if you are allowed to push...", [&examination, &change] {
                return may_push(examination, change);
            })) {
        return outcome;
    }
    if (change.ref_kind == RefKind::branch) {
        if (Outcome outcome = check_branch(examination, change)) {
            return outcome;
        }
    }
    if (change.ref_kind == RefKind::tag) {
        if (Outcome outcome = check_tag(examination, change)) {
            return outcome;
        }
    }
    return examination.timed("Validating diffs' file paths...", [&] {
        return no_locked_file(examination, change, locks);
    });
}

/// What the push brings, each once.
std::vector<std::string> new_tips(std::span<const Change> changes) {
    std::vector<std::string> tips;
    for (const Change& change : changes) {
        if (change.kind != ChangeKind::deletion) {
            tips.emplace_back(change.new_id);
        }
    }
    std::ranges::sort(tips);
    tips.erase(std::unique(tips.begin(), tips.end()), tips.end());
    return tips;
}

Outcome lfs_objects_are_there(Examination& examination, std::span<const std::string> tips) {
    const DecisionInput& input = examination.input();
    RuleRecord rule{input.trace, "L1", "LFS objects were uploaded"};
    if (!uses_lfs(input) || tips.empty()) {
        return rule.does_not_apply();
    }
    const auto pointers = examination.inspection().new_lfs_pointers(tips);
    if (!pointers) {
        return examination.without_answer(rule, Check::lfs_objects, pointers.error());
    }
    rule.number("new_pointers", static_cast<long long>(pointers->size()));
    if (pointers->empty()) {
        return rule.passes();
    }
    std::vector<std::string> oids;
    oids.reserve(pointers->size());
    for (const LfsPointer& pointer : *pointers) {
        oids.push_back(pointer.oid);
    }
    const auto missing = input.missing_lfs_objects(project_of(input)->id, oids);
    if (!missing.empty()) {
        return rule.refuses(
            kUnauthorized,
            "LFS objects are missing. Ensure LFS is properly set up or try a manual \"git lfs push "
            "--all\".",
            fmt::format(
                "{} LFS objects are missing, among them {}", missing.size(), missing.front()
            )
        );
    }
    return rule.passes();
}

std::string too_large_text(int limit_mb, const std::vector<BlobSize>& blobs) {
    constexpr std::size_t kMaxLines = 20;
    std::string text = fmt::format(
        "You are attempting to check in one or more blobs which exceed the {}MiB limit:\n\n",
        limit_mb
    );
    for (std::size_t i = 0; i < std::min(blobs.size(), kMaxLines); ++i) {
        const double mebibytes =
            static_cast<double>(blobs[i].bytes) / static_cast<double>(kMebibyte);
        text += fmt::format("- {} ({:.1f} MiB)\n", blobs[i].oid, mebibytes);
    }
    if (blobs.size() > kMaxLines) {
        text += fmt::format("- and {} more\n", blobs.size() - kMaxLines);
    }
    text += "\nReduce the size of these blobs, or keep them in Git LFS. ";
    return text + "\"git ls-tree -r HEAD | grep BLOB\" shows the path of a blob.";
}

Outcome files_are_small(Examination& examination, std::span<const std::string> tips) {
    const DecisionInput& input = examination.input();
    RuleRecord rule{input.trace, "F1", "No file exceeds the size limit"};
    const int limit_mb = input.instance.file_size_limit_mb;
    if (limit_mb <= 0 || tips.empty()) {
        return rule.does_not_apply();
    }
    rule.number("file_size_limit_mb", limit_mb);
    const auto blobs = examination.inspection().new_blobs_over(
        tips, static_cast<std::uint64_t>(limit_mb) * kMebibyte
    );
    if (!blobs) {
        return examination.without_answer(rule, Check::file_size, blobs.error());
    }
    if (!blobs->empty()) {
        return rule.refuses(kUnauthorized, too_large_text(limit_mb, *blobs));
    }
    return rule.passes();
}

}  // namespace

Outcome check_push(Examination& examination, std::span<const Change> changes) {
    const ForeignLocks locks = foreign_locks(examination.input());
    for (const Change& change : changes) {
        if (Outcome outcome = check_change(examination, change, locks)) {
            return outcome;
        }
    }
    const std::vector<std::string> tips = new_tips(changes);
    if (Outcome outcome = examination.timed(
            "Scanning repository for blobs stored in LFS and verifying their files have been "
            "uploaded to GitLab...",
            [&examination, &tips] { return lfs_objects_are_there(examination, tips); }
        )) {
        return outcome;
    }
    return examination.timed("Checking for blobs over the file size limit", [&examination, &tips] {
        return files_are_small(examination, tips);
    });
}

}  // namespace innergate::handlers::domain::git_access
