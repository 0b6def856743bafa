// The graph of commits. It has walks of its own, because libgit2's cannot be interrupted: a history
// may be long, and a request's time is short.
#pragma once

#include <cstddef>
#include <git2.h>
#include <span>
#include <vector>

#include "handlers/inspectors/git/failure.hpp"
#include "handlers/inspectors/git/object_id.hpp"

namespace innergate::handlers::inspectors::git {

struct CommitNode {
    git_oid tree{};
    git_time_t time = 0;
    std::vector<git_oid> parents;
};

/// Commits that are new, and the old ones on which they stand.
struct NewCommits {
    std::vector<git_oid> commits;
    std::vector<git_oid> edges;
};

/// Reads each commit once. All functions throw a Failure where a commit is missing or broken, where
/// there are more than the limits allow (git/limits.hpp), or when the time is up.
class Commits {
public:
    Commits(git_repository& repository, git_odb& objects, Deadline deadline)
        : repository_(repository), objects_(objects), deadline_(deadline) {}

    /// The reference stays valid.
    [[nodiscard]] const CommitNode& get(const git_oid& id);

    /// Whether `ancestor` is `from` or reachable from it. Goes no deeper than to where the two
    /// histories meet.
    [[nodiscard]] bool is_reachable(const git_oid& ancestor, const git_oid& from);

    /// The commits reachable from `tips` and not from `old`. As in git, commits whose dates
    /// contradict their order may be taken for new although they are old.
    [[nodiscard]] NewCommits new_since(std::span<const git_oid> tips, std::span<const git_oid> old);

private:
    [[nodiscard]] CommitNode read(const git_oid& id);

    git_repository& repository_;
    git_odb& objects_;
    Deadline deadline_;
    IdMap<CommitNode> nodes_;
    std::size_t parents_ = 0;
};

}  // namespace innergate::handlers::inspectors::git
