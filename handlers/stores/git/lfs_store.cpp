#include "handlers/stores/git/lfs_store.hpp"

#include "app/db/session.hpp"

namespace innergate::handlers {
namespace {

namespace git_access = domain::git_access;

/// The instance and the project must both enable it. A project that says nothing follows its
/// namespace.
constexpr auto kIsEnabled = db::sql(
    "application_settings.lfs_enabled",
    "and coalesce(projects.lfs_enabled, namespaces.lfs_enabled, true)"
);

constexpr auto kProject = db::columns<LfsProject>(
    db::column("routes.path", &LfsProject::full_path),
    db::flag(kIsEnabled, &LfsProject::is_lfs_enabled)
);

constexpr auto kByPath = db::columns<LfsProject>(
    kProject,
    // Found by its stem. Of the repositories that such a path names, only wikis take LFS.
    db::flag("found.preference >= 2", &LfsProject::is_wiki)
);

// Where a part names rows, others are looked up in `in` and in the select list and are not joined:
// SQLite would build filters from whole tables before it joins.
constexpr auto kFindByPath = db::reading(
    "lfs.find_project_by_path",
    R"sql(
    with found(project_id, preference) as (
        select source_id, 0
          from routes
         where lower(path) = lower(:path)
           and source_type = 'Project'
        union all
        select source_id, 1
          from redirect_routes
         where lower(path) = lower(:path)
           and source_type = 'Project'
        union all
        select source_id, 2
          from routes
         where lower(path) = lower(:stem)
           and source_type = 'Project'
        union all
        select source_id, 3
          from redirect_routes
         where lower(path) = lower(:stem)
           and source_type = 'Project'
    )
    select)sql",
    kByPath,
    R"sql(
      from found
      join projects on projects.id = found.project_id
      join namespaces on namespaces.id = projects.namespace_id
      join routes on routes.source_type = 'Project' and routes.source_id = projects.id
      join application_settings on application_settings.id = 1
     where not projects.pending_delete
     order by found.preference
     limit 1)sql"
);

constexpr auto kFindById = db::reading("lfs.find_project", "select", kProject, R"sql(
      from projects
      join namespaces on namespaces.id = projects.namespace_id
      join routes on routes.source_type = 'Project' and routes.source_id = projects.id
      join application_settings on application_settings.id = 1
     where projects.id = :project_id
       and not projects.pending_delete)sql");

}  // namespace

std::optional<LfsProject> LfsStore::find_project(const git_access::RepositoryPath& path) {
    using git_access::ContainerKind;
    const bool has_two_readings = !path.whole_path.empty();
    if (path.kind == ContainerKind::snippet && !has_two_readings) {
        return std::nullopt;
    }
    const std::string& first = has_two_readings ? path.whole_path : path.path;
    const auto stem = has_two_readings ? std::optional{path.path} : std::nullopt;
    std::optional<LfsProject> project =
        session_.fetch_row(kFindByPath, soci::use(first, "path"), soci::use(stem, "stem"));
    if (project && project->is_wiki && path.kind != ContainerKind::wiki) {
        return std::nullopt;
    }
    return project;
}

std::optional<LfsProject> LfsStore::find_project(ProjectId id) {
    return session_.fetch_row(kFindById, soci::use(id, "project_id"));
}

}  // namespace innergate::handlers
