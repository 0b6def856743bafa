#include "handlers/stores/lfs_store.hpp"

#include <array>

#include "app/db/session.hpp"

namespace innergate::handlers {
namespace {

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
    )
    select routes.path,
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

template <class Binding>
std::optional<LfsProject> fetch_project(
    db::Session& session, const db::Query& query, const Binding& selector
) {
    LfsProject project;
    const bool found = session.fetch_one(
        query, selector, soci::into(project.full_path), soci::into(project.is_lfs_enabled)
    );
    return found ? std::optional{std::move(project)} : std::nullopt;
}

}  // namespace

std::span<const db::Query> LfsStore::queries() {
    static constexpr std::array kAll{kFindByPath, kFindById};
    return kAll;
}

std::optional<LfsProject> LfsStore::find_project(const std::string& full_path) {
    return fetch_project(session_, kFindByPath, soci::use(full_path, "path"));
}

std::optional<LfsProject> LfsStore::find_project(ProjectId id) {
    return fetch_project(session_, kFindById, soci::use(id.value, "project_id"));
}

}  // namespace innergate::handlers
