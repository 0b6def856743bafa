// Finds the folders on this host that a request means by a repository. None of them lies outside
// its storage.
#pragma once

#include <filesystem>
#include <string_view>
#include <vector>

#include "handlers/domain/git_access/inspection.hpp"
#include "handlers/inspectors/quarantine.hpp"

namespace innergate::handlers::inspectors {

struct RepositoryLocation {
    std::filesystem::path folder;
    bool is_there = false;
    /// Objects of the push beside those of the repository.
    std::vector<std::filesystem::path> object_folders;
};

/// Where `path`, relative to `base`, leads when all symbolic links are followed; it need not exist.
/// Errors: absolute, empty, holds a NUL, or leads out of `storage` or to the storage itself; or a
/// folder on the way cannot be looked into.
[[nodiscard]] domain::git_access::Inspected<std::filesystem::path> resolve_within(
    const std::filesystem::path& storage, const std::filesystem::path& base, std::string_view path
);

/// `relative_path` is the repository's within the storage, with `.git`. Quarantines of Gitaly's own
/// operations lie outside the repository, but in its storage.
/// Errors: as resolve_within(), for each path; no folder at `storage`; no folder at the
/// quarantine's object directory. Alternates that are gone are left out, as git does.
[[nodiscard]] domain::git_access::Inspected<RepositoryLocation> locate_repository(
    const std::filesystem::path& storage,
    std::string_view relative_path,
    const Quarantine& quarantine
);

}  // namespace innergate::handlers::inspectors
