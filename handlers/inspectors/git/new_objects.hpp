// What a push brings that no ref reached before.
#pragma once

#include <span>
#include <vector>

#include "handlers/inspectors/git/repository.hpp"

namespace innergate::handlers::inspectors::git {

struct NewObjects {
    /// Blobs that the new commits have and the same path of their parents had not. Among them are
    /// old ones that moved: without_old() takes them out.
    std::vector<git_oid> blobs;
    /// Of the old commits on which the new ones stand.
    std::vector<git_oid> edge_trees;
};

/// Commits reachable from `tips` and from no ref there is. Throws as find_new_objects().
[[nodiscard]] std::vector<git_oid> find_new_commits(
    Repository& repository, std::span<const git_oid> tips
);

/// Reachable from `tips` (commits, or whatever else a ref may name) and from no ref there is. Reads
/// only trees in which something is new. Throws a Failure where an object is missing, broken or
/// too large, or where there are more than the limits allow (git/limits.hpp).
[[nodiscard]] NewObjects find_new_objects(Repository& repository, std::span<const git_oid> tips);

/// Those of `blobs` that are in none of the edge trees. As with git rev-list --objects, a blob that
/// only older or unrelated commits have stays. Reads these trees until all are found, so the blobs
/// should be few: for none it reads nothing.
[[nodiscard]] std::vector<git_oid> without_old(
    Repository& repository, std::span<const git_oid> edge_trees, std::vector<git_oid> blobs
);

}  // namespace innergate::handlers::inspectors::git
