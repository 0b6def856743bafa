// Paths of repositories as people type them (`/group/project.git`).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "handlers/domain/git_access/facts.hpp"

namespace innergate::handlers::domain::git_access {

struct RepositoryPath {
    ContainerKind kind = ContainerKind::project;
    std::string path;          ///< of the project; empty for a personal snippet
    long long snippet_id = 0;  ///< for snippets only
    /// Of what belongs to a project: the path with its suffix, which may be that of a project
    /// itself. Such a project wins over the wiki of another.
    std::string whole_path;

    friend bool operator==(const RepositoryPath&, const RepositoryPath&) = default;
};

/// Reads the `project` parameter: loses one leading `/` and one trailing `.git`; then `.wiki` is
/// the wiki of the project in front of it, `.design` its designs, `snippets/N` a snippet, personal
/// or behind a project's path, and all else a project. Every text has a reading, one with such a
/// suffix has two; whether they name anything is for the store, whether they could for
/// is_legal_project_path() of path_rules.hpp.
[[nodiscard]] RepositoryPath parse_repository_path(std::string_view project);

}  // namespace innergate::handlers::domain::git_access
