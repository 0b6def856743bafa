// Makes the repository that a first push is going to.
#pragma once

#include <filesystem>
#include <string_view>

#include "handlers/domain/git_access/inspection.hpp"
#include "handlers/inspectors/creation.hpp"

namespace innergate::handlers::inspectors {

/// Makes a bare repository below `storage` whose HEAD names `default_branch`, and the folders above
/// it. The repository appears at once or not at all, even if several callers make the same one. An
/// existing one stays as it is. The process has to run under Gitaly's account, because files are
/// made with the process's own user and umask.
/// Errors: failed: paths that lead out of the storage, something else in the repository's place, no
/// right to write, a name that no branch can have.
[[nodiscard]] domain::git_access::Inspected<Creation> create_repository(
    const std::filesystem::path& storage,
    std::string_view relative_path,
    std::string_view default_branch
);

}  // namespace innergate::handlers::inspectors
