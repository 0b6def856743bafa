// The repository that a request names: a project's own, its wiki or designs, or a snippet.
#pragma once

#include <optional>

#include "app/ids.hpp"
#include "handlers/domain/git_access/facts.hpp"
#include "handlers/domain/git_access/repository_path.hpp"
#include "handlers/stores/git/project_store.hpp"

namespace innergate::handlers {

struct Container {
    domain::git_access::ContainerFacts facts;
    /// Of the actor on the container's project, without the collaboration branches.
    domain::git_access::Standing standing;
    /// Of the container's project.
    bool has_protections_above = false;
};

class ContainerStore {
public:
    explicit ContainerStore(db::Session& session) : session_(session), projects_(session) {}

    /// Finds a project, or what belongs to it, by the project's full path, as
    /// ProjectStore::find_by_path(). Finds personal snippets, too. A path that looks like a wiki,
    /// designs or a snippet of a project means a project if one has the whole path. A project's
    /// snippet is found by the path of its own project only.
    [[nodiscard]] std::optional<Container> find_by_path(
        const domain::git_access::RepositoryPath& path, const Viewer& viewer
    );

    /// `kind` is project or wiki.
    [[nodiscard]] std::optional<Container> find(
        domain::git_access::ContainerKind kind, ProjectId project_id, const Viewer& viewer
    );

    /// A snippet, with its project if it has one.
    [[nodiscard]] std::optional<Container> find_snippet(long long snippet_id, const Viewer& viewer);

    /// The N of `design-N` is the number of a design repository, or of a project for older clients.
    /// The design repository wins.
    [[nodiscard]] std::optional<Container> find_design(long long id, const Viewer& viewer);

private:
    [[nodiscard]] std::optional<Container> find_snippet_by_path(
        const domain::git_access::RepositoryPath& path, const Viewer& viewer
    );

    db::Session& session_;
    ProjectStore projects_;
};

}  // namespace innergate::handlers
