// Makes the repository that a first push is going to.
#pragma once

#include <string_view>

#include "app/settings/settings.hpp"
#include "handlers/domain/git_access/inspection.hpp"

namespace innergate::handlers::inspectors {

enum class Creation { created, was_there };

/// Makes a bare repository whose HEAD names `default_branch`, and the folders above it. Appears at
/// once or not at all, also when several make the same one; one that is there stays as it is.
/// The process has to run under the account that owns the repositories: files are made with its
/// user and umask, and git reads no repository of another.
/// Errors: not_configured where the storage is not local; failed: paths that lead out of the
/// storage, something else in the repository's place, no right to write, a name that no branch can
/// have.
[[nodiscard]] domain::git_access::Inspected<Creation> create_repository(
    const settings::Storages& storages,
    std::string_view storage,
    std::string_view relative_path,
    std::string_view default_branch
);

}  // namespace innergate::handlers::inspectors
