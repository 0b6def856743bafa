// Names of repositories as GitLab's parts tell them to each other (`project-3`), and where they lie
// in a storage.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "handlers/domain/git_access/facts.hpp"

namespace innergate::handlers::domain::git_access {

struct GlRepository {
    ContainerKind kind = ContainerKind::project;
    /// Of the project (also for its wiki), the snippet or the design repository.
    long long id = 0;

    friend bool operator==(const GlRepository&, const GlRepository&) = default;
};

/// Reads `project-N`, `wiki-N`, `project-N-wiki`, `design-N` and `snippet-N` with N in canonical
/// decimal and above 0. Nothing for all else, wikis of groups (`group-N-wiki`) included: such a
/// repository is unknown.
[[nodiscard]] std::optional<GlRepository> parse_gl_repository(std::string_view text);

/// The form in two parts: `wiki-3`, never `project-3-wiki`.
[[nodiscard]] std::string to_string(const GlRepository& repository);

[[nodiscard]] GlRepository gl_repository_of(const ContainerFacts& container);

/// `@hashed/4e/07/4e07…` of the project's id: its place in a storage unless a row says otherwise.
[[nodiscard]] std::string hashed_disk_path(ProjectId project_id);
/// `@snippets/4e/07/4e07…`
[[nodiscard]] std::string snippet_disk_path(long long snippet_id);

/// Path of the project's own repository in its storage: `disk_path`, or where it is empty the
/// hashed one, and `.git`.
[[nodiscard]] std::string relative_path_of_project(
    ProjectId project_id, std::string_view disk_path
);

/// Path of the repository in its storage: disk path and `.git`, `.wiki.git` or `.design.git`.
[[nodiscard]] std::string relative_path_of(const ContainerFacts& container);

/// What Gitaly shows as the repository's name: `group/project`, `group/project.wiki`,
/// `group/project.design`, `group/project/snippets/1`, `snippets/1`.
[[nodiscard]] std::string gl_project_path_of(const ContainerFacts& container);

/// The storage the repository lies in.
[[nodiscard]] std::string_view storage_of(const ContainerFacts& container);

}  // namespace innergate::handlers::domain::git_access
