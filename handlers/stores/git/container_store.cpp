#include "handlers/stores/git/container_store.hpp"

#include "app/db/session.hpp"

namespace innergate::handlers {
namespace {

namespace git_access = domain::git_access;

struct SnippetRow {
    git_access::SnippetFacts facts;
    std::optional<ProjectId> project_id;
};

constexpr auto kSnippet = db::columns<SnippetRow>(
    db::column("id", &SnippetRow::facts, &git_access::SnippetFacts::id),
    db::column("author_id", &SnippetRow::facts, &git_access::SnippetFacts::author_id),
    db::column("project_id", &SnippetRow::project_id),
    db::column("visibility_level", &SnippetRow::facts, &git_access::SnippetFacts::visibility),
    db::column("repository_storage", &SnippetRow::facts, &git_access::SnippetFacts::storage),
    db::flag(
        "repository_exists", &SnippetRow::facts, &git_access::SnippetFacts::does_repository_exist
    ),
    db::column(
        "coalesce(default_branch, '')",
        &SnippetRow::facts,
        &git_access::SnippetFacts::default_branch
    )
);

constexpr auto kFindSnippet =
    db::reading("containers.find_snippet", "select", kSnippet, "from snippets where id = :id");

struct DesignRow {
    long long id = 0;
    ProjectId project_id;
};

constexpr auto kDesign = db::columns<DesignRow>(
    db::column("id", &DesignRow::id), db::column("project_id", &DesignRow::project_id)
);

constexpr auto kFindDesign = db::reading("containers.find_design", "select", kDesign, R"sql(
      from design_management_repositories
     where id = :id)sql");

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

/// Whether the snippet belongs to that project. If there is none, whether it is a personal snippet.
bool is_of(
    const git_access::ContainerFacts& snippet, const std::optional<LocatedProject>& project
) {
    return project ? snippet.project && snippet.project->id == project->project.id
                   : !snippet.project.has_value();
}

/// Answers 0 if the project has none.
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
    std::optional<SnippetRow> row = session_.fetch_row(kFindSnippet, soci::use(snippet_id, "id"));
    if (!row) {
        return std::nullopt;
    }
    constexpr auto kKind = git_access::ContainerKind::snippet;
    std::optional<Container> container =
        row->project_id ? find(kKind, *row->project_id, viewer) : Container{};
    if (container) {
        container->facts.kind = kKind;
        container->facts.snippet = std::move(row->facts);
    }
    return container;
}

std::optional<Container> ContainerStore::find_design(long long id, const Viewer& viewer) {
    const std::optional<DesignRow> repository =
        session_.fetch_row(kFindDesign, soci::use(id, "id"));
    const ProjectId project_id = repository ? repository->project_id : ProjectId{id};
    std::optional<Container> container =
        find(git_access::ContainerKind::design, project_id, viewer);
    if (container) {
        container->facts.design_repository_id =
            repository ? repository->id : design_repository_of(session_, project_id);
    }
    return container;
}

}  // namespace innergate::handlers
