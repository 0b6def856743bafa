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
    /// Set for what belongs to a project: the path with its suffix. A project may have that path
    /// itself, and it wins over the wiki of another.
    std::string whole_path;

    friend bool operator==(const RepositoryPath&, const RepositoryPath&) = default;
};

/// Reads the `project` parameter without one leading `/` and one trailing `.git`. Then `.wiki` is
/// the wiki of the project in front of it, `.design` its designs, `snippets/N` a snippet, personal
/// or behind a project's path, and all else a project. Every text has a reading, and one with such
/// a suffix has two. The store says whether they name anything. is_legal_project_path() of
/// path_rules.hpp says whether they could.
[[nodiscard]] RepositoryPath parse_repository_path(std::string_view project);

}  // namespace innergate::handlers::domain::git_access
