// What trees hold, and whether two of them differ. Nothing here recurses, because the pusher
// chooses how deep a tree is.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "handlers/inspectors/git/repository.hpp"

namespace innergate::handlers::inspectors::git {

/// One of `paths` at which only one of the two trees has a file, or the two have different files.
/// Links and submodules count as files. Either tree may be missing. `paths` are sorted. Reads each
/// folder on the way to them once, and no other. Throws a Failure where a tree is not sorted.
[[nodiscard]] std::optional<std::string> first_difference(
    Repository& repository,
    const std::optional<git_oid>& before,
    const std::optional<git_oid>& after,
    std::span<const std::string_view> paths
);

/// The number of entries that are not trees, in the whole tree. A number too large to count is the
/// largest there is. Throws a Failure where trees are nested more than 4096 deep (git's own limit).
[[nodiscard]] std::size_t count_files(Repository& repository, const git_oid& tree);

}  // namespace innergate::handlers::inspectors::git
