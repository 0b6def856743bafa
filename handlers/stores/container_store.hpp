// The repository that a request names: a project's own, its wiki or designs, or a snippet.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "app/ids.hpp"
#include "handlers/domain/git_access/facts.hpp"
#include "handlers/stores/project_store.hpp"

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

    /// Every statement this store sends besides those of the ProjectStore.
    [[nodiscard]] static std::span<const db::Query> queries();

    /// By the full path of a project, as ProjectStore::find_by_path(). `kind` is project, wiki or
    /// design: the path names the project each time.
    [[nodiscard]] std::optional<Container> find_by_path(
        domain::git_access::ContainerKind kind, std::string_view full_path, const Viewer& viewer
    );

    /// `kind` is project or wiki.
    [[nodiscard]] std::optional<Container> find(
        domain::git_access::ContainerKind kind, ProjectId project_id, const Viewer& viewer
    );

    /// A snippet, with its project if it has one.
    [[nodiscard]] std::optional<Container> find_snippet(long long snippet_id, const Viewer& viewer);

    /// `design-N` is the number of a design repository, and of a project for older clients. The
    /// repository wins.
    [[nodiscard]] std::optional<Container> find_design(long long id, const Viewer& viewer);

private:
    db::Session& session_;
    ProjectStore projects_;
};

}  // namespace innergate::handlers
