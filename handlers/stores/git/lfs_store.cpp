#include "handlers/stores/git/lfs_store.hpp"

#include "app/db/session.hpp"

namespace innergate::handlers {
namespace {

namespace git_access = domain::git_access;

// With look-ups in `in` and in the select list, not with joins, where a part names rows: SQLite
// would build filters from whole tables before it joins.
constexpr db::Query kFindByPath{"lfs.find_project_by_path", R"sql(
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
    select routes.path, case when found.preference >= 2 then 1 else 0 end,
           case when application_settings.lfs_enabled
                 and coalesce(projects.lfs_enabled, namespaces.lfs_enabled, true)
                then 1 else 0 end
      from found
      join projects on projects.id = found.project_id
      join namespaces on namespaces.id = projects.namespace_id
      join routes on routes.source_type = 'Project' and routes.source_id = projects.id
      join application_settings on application_settings.id = 1
     where not projects.pending_delete
     order by found.preference
     limit 1)sql"};

constexpr db::Query kFindById{"lfs.find_project", R"sql(
    select routes.path,
           case when application_settings.lfs_enabled
                 and coalesce(projects.lfs_enabled, namespaces.lfs_enabled, true)
                then 1 else 0 end
      from projects
      join namespaces on namespaces.id = projects.namespace_id
      join routes on routes.source_type = 'Project' and routes.source_id = projects.id
      join application_settings on application_settings.id = 1
     where projects.id = :project_id
       and not projects.pending_delete)sql"};

}  // namespace

std::optional<LfsProject> LfsStore::find_project(const git_access::RepositoryPath& path) {
    using git_access::ContainerKind;
    const bool has_two_readings = !path.whole_path.empty();
    if (path.kind == ContainerKind::snippet && !has_two_readings) {
        return std::nullopt;
    }
    const std::string& first = has_two_readings ? path.whole_path : path.path;
    const auto stem = has_two_readings ? std::optional{path.path} : std::nullopt;
    LfsProject project;
    bool is_by_stem = false;
    const bool found = session_.fetch_one(
        kFindByPath,
        soci::use(first, "path"),
        soci::use(stem, "stem"),
        soci::into(project.full_path),
        soci::into(is_by_stem),
        soci::into(project.is_lfs_enabled)
    );
    if (!found || (is_by_stem && path.kind != ContainerKind::wiki)) {
        return std::nullopt;
    }
    project.is_wiki = is_by_stem;
    return project;
}

std::optional<LfsProject> LfsStore::find_project(ProjectId id) {
    LfsProject project;
    const bool found = session_.fetch_one(
        kFindById,
        soci::use(id.value, "project_id"),
        soci::into(project.full_path),
        soci::into(project.is_lfs_enabled)
    );
    return found ? std::optional{std::move(project)} : std::nullopt;
}

}  // namespace innergate::handlers
