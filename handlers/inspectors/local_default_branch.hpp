// What a repository on this host calls its default branch.
#pragma once

#include <filesystem>
#include <string_view>

#include "handlers/domain/git_access/inspection.hpp"

namespace innergate::handlers::inspectors {

/// Points HEAD of a repository at refs/heads/`branch`, which need not exist. Others see the old
/// HEAD or the new one, never half of it; a HEAD that names the branch already stays as it is.
/// `HEAD.lock` keeps git and other requests away meanwhile, as git's own does. `relative_path` is
/// the repository's within the `storage`, with `.git`. Errors: failed: paths that lead out of the
/// storage, no repository, one with reference tables, no right to write, a lock that is taken, a
/// name that no branch can have.
[[nodiscard]] domain::git_access::Inspected<void> set_default_branch(
    const std::filesystem::path& storage, std::string_view relative_path, std::string_view branch
);

}  // namespace innergate::handlers::inspectors
