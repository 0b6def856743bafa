// What a push brings that no ref reached before.
#pragma once

#include <span>
#include <vector>

#include "handlers/inspectors/git/repository.hpp"

namespace innergate::handlers::inspectors::git {

struct NewObjects {
    /// Blobs that the new commits have at a path where their parents did not have them. Some are
    /// old blobs that moved: without_old() takes those out.
    std::vector<git_oid> blobs;
    /// The trees of the old commits on which the new ones stand.
    std::vector<git_oid> edge_trees;
};

/// Commits reachable from `tips` and from no existing ref. Throws as find_new_objects().
[[nodiscard]] std::vector<git_oid> find_new_commits(
    Repository& repository, std::span<const git_oid> tips
);

/// Objects reachable from `tips` (commits, or whatever else a ref may name) and from no existing
/// ref. Reads only trees in which something is new. Throws a Failure where an object is missing,
/// broken or too large, or where there are more than the limits allow (git/limits.hpp).
[[nodiscard]] NewObjects find_new_objects(Repository& repository, std::span<const git_oid> tips);

/// Those of `blobs` that are in none of the edge trees. As with git rev-list --objects, a blob that
/// only older or unrelated commits have stays. Reads the edge trees until it has found all blobs,
/// so these should be few. Without blobs it reads nothing.
[[nodiscard]] std::vector<git_oid> without_old(
    Repository& repository, std::span<const git_oid> edge_trees, std::vector<git_oid> blobs
);

}  // namespace innergate::handlers::inspectors::git
