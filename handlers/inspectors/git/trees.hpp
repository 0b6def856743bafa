// What trees hold, and in what two of them differ. Nothing here recurses: how deep a tree is, the
// pusher chooses.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "handlers/inspectors/git/repository.hpp"

namespace innergate::handlers::inspectors::git {

/// Paths of the files in which two trees differ; of those too that only one has. Either may be
/// none. Throws a Failure where more than a million differ, or trees are nested more than 4096 deep
/// (git's own limit): a few objects can describe more paths than fit into memory.
[[nodiscard]] std::vector<std::string> differing_paths(
    Repository& repository,
    const std::optional<git_oid>& before,
    const std::optional<git_oid>& after
);

/// Entries that are no trees, in all of the tree. A number too large to count is the largest there
/// is. Throws as differing_paths() for the depth.
[[nodiscard]] std::size_t count_files(Repository& repository, const git_oid& tree);

}  // namespace innergate::handlers::inspectors::git
