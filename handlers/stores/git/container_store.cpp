#include "handlers/stores/git/container_store.hpp"

#include "app/db/session.hpp"

namespace innergate::handlers {
namespace {

namespace git_access = domain::git_access;

constexpr db::Query kFindSnippet{"containers.find_snippet", R"sql(
    select author_id, project_id, visibility_level, repository_storage,
           case when repository_exists then 1 else 0 end, coalesce(default_branch, '')
      from snippets
     where id = :id)sql"};

constexpr db::Query kFindDesign{"containers.find_design", R"sql(
    select id, project_id
      from design_management_repositories
     where id = :id)sql"};

constexpr db::Query kFindDesignOfProject{"containers.find_design_of_project", R"sql(
    select id
      from design_management_repositories
     where project_id = :project_id)sql"};

std::optional<Container> as_container(
    git_access::ContainerKind kind, std::optional<LocatedProject>&& found
) {
    if (!found) {
        return std::nullopt;
    }
    Container container;
    container.facts.kind = kind;
    container.facts.project = std::move(found->project);
    container.facts.redirected_from = std::move(found->redirected_from);
    container.standing = std::move(found->standing);
    container.has_protections_above = found->has_protections_above;
    return container;
}

/// Nothing: of no project, a personal one.
bool is_of(
    const git_access::ContainerFacts& snippet, const std::optional<LocatedProject>& project
) {
    return project ? snippet.project && snippet.project->id == project->project.id
                   : !snippet.project.has_value();
}

/// 0: the project has none.
long long design_repository_of(db::Session& session, ProjectId project_id) {
    long long id = 0;
    session.fetch_one(
        kFindDesignOfProject, soci::use(project_id.value, "project_id"), soci::into(id)
    );
    return id;
}

}  // namespace

std::optional<Container> ContainerStore::find_by_path(
    const git_access::RepositoryPath& path, const Viewer& viewer
) {
    if (path.kind == git_access::ContainerKind::snippet) {
        return find_snippet_by_path(path, viewer);
    }
    auto found = path.whole_path.empty()
                     ? projects_.find_by_path(path.path, viewer)
                     : projects_.find_by_either_path(path.whole_path, path.path, viewer);
    const bool is_as_read = found && (path.whole_path.empty() || found->is_by_stem);
    const auto kind = is_as_read ? path.kind : git_access::ContainerKind::project;
    std::optional<Container> container = as_container(kind, std::move(found));
    if (container && kind == git_access::ContainerKind::design) {
        container->facts.design_repository_id =
            design_repository_of(session_, container->facts.project->id);
    }
    return container;
}

std::optional<Container> ContainerStore::find_snippet_by_path(
    const git_access::RepositoryPath& path, const Viewer& viewer
) {
    std::optional<LocatedProject> project;
    if (!path.whole_path.empty()) {
        project = projects_.find_by_either_path(path.whole_path, path.path, viewer);
        if (!project || !project->is_by_stem) {
            return as_container(git_access::ContainerKind::project, std::move(project));
        }
    }
    std::optional<Container> container = find_snippet(path.snippet_id, viewer);
    if (!container || !is_of(container->facts, project)) {
        return std::nullopt;
    }
    if (project) {
        container->facts.redirected_from = std::move(project->redirected_from);
    }
    return container;
}

std::optional<Container> ContainerStore::find(
    git_access::ContainerKind kind, ProjectId project_id, const Viewer& viewer
) {
    return as_container(kind, projects_.find(project_id, viewer));
}

std::optional<Container> ContainerStore::find_snippet(long long snippet_id, const Viewer& viewer) {
    git_access::SnippetFacts snippet;
    snippet.id = snippet_id;
    UserId author_id;
    std::optional<long long> project_id;
    int visibility = 0;
    const bool found = session_.fetch_one(
        kFindSnippet,
        soci::use(snippet_id, "id"),
        soci::into(author_id.value),
        soci::into(project_id),
        soci::into(visibility),
        soci::into(snippet.storage),
        soci::into(snippet.does_repository_exist),
        soci::into(snippet.default_branch)
    );
    if (!found) {
        return std::nullopt;
    }
    snippet.author_id = author_id;
    snippet.visibility = static_cast<git_access::Visibility>(visibility);
    constexpr auto kKind = git_access::ContainerKind::snippet;
    std::optional<Container> container =
        project_id ? find(kKind, ProjectId{*project_id}, viewer) : Container{};
    if (container) {
        container->facts.kind = kKind;
        container->facts.snippet = std::move(snippet);
    }
    return container;
}

std::optional<Container> ContainerStore::find_design(long long id, const Viewer& viewer) {
    long long repository_id = 0;
    ProjectId project_id{id};
    const bool is_repository = session_.fetch_one(
        kFindDesign, soci::use(id, "id"), soci::into(repository_id), soci::into(project_id.value)
    );
    std::optional<Container> container =
        find(git_access::ContainerKind::design, project_id, viewer);
    if (container) {
        container->facts.design_repository_id =
            is_repository ? repository_id : design_repository_of(session_, project_id);
    }
    return container;
}

}  // namespace innergate::handlers
