#include "handlers/stores/git/project_store.hpp"

#include <algorithm>

#include "app/db/session.hpp"
#include "handlers/domain/git_access/branch_protection_defaults.hpp"
#include "handlers/domain/git_access/gl_repository.hpp"
#include "handlers/stores/lineage.hpp"
#include "handlers/stores/membership.hpp"

namespace innergate::handlers {
namespace {

namespace git_access = domain::git_access;
using git_access::ProjectFacts;

/// The row of kFind, with the values that are not facts themselves.
struct Row {
    ProjectFacts project;
    bool is_by_stem = false;
    bool is_other_path = false;
    bool is_personal_owner = false;
    bool is_restricted = false;
    bool has_protections_above = false;
    int deploy_key = 0;  ///< 0 not enabled, 1 to read, 2 to write
    std::string protection_defaults;
    int project_level = 0;
    int group_level = 0;
    int shared_level = 0;
};

// The columns come from `project` and `lineage`, which are parts of kFind.
constexpr auto kProject = db::columns<ProjectFacts>(
    db::column("project.id", &ProjectFacts::id),
    db::column("project.path", &ProjectFacts::full_path),
    db::column("project.namespace_id", &ProjectFacts::namespace_id),
    db::column("project.is_personal", &ProjectFacts::is_in_personal_namespace),
    db::column("coalesce(lineage.root_id, project.namespace_id)", &ProjectFacts::root_namespace_id),
    db::column("coalesce(lineage.protocol, '')", &ProjectFacts::root_enabled_git_access_protocol),
    db::column("lineage.certificates", &ProjectFacts::root_enforces_ssh_certificates),
    db::column("project.visibility_level", &ProjectFacts::visibility),
    db::column(
        "case when project.archived = 1 then 1 else lineage.archived end",
        &ProjectFacts::is_archived
    ),
    db::column("project.repository_read_only", &ProjectFacts::is_repository_read_only),
    db::column("project.pending_delete", &ProjectFacts::is_pending_delete),
    db::column("project.repository_storage", &ProjectFacts::storage),
    db::column("project.disk_path", &ProjectFacts::disk_path),
    db::column("project.repository_exists", &ProjectFacts::does_repository_exist),
    db::column("project.empty_repo", &ProjectFacts::is_repository_empty),
    db::column("project.default_branch", &ProjectFacts::default_branch),
    db::column("project.lfs_enabled", &ProjectFacts::is_lfs_enabled),
    db::column("project.repository_access_level", &ProjectFacts::repository_feature),
    db::column("project.wiki_access_level", &ProjectFacts::wiki_feature),
    db::column("project.snippets_access_level", &ProjectFacts::snippets_feature),
    db::column("project.merge_requests_enabled", &ProjectFacts::is_merge_requests_enabled)
);

constexpr auto kDeployKey = db::sql(R"sql(
           coalesce((
               select case when can_push then 2 else 1 end
                 from deploy_keys_projects
                where deploy_key_id = :deploy_key_id
                  and project_id = project.id
           ), 0))sql");

constexpr auto kProjectLevel = db::sql(
    R"sql(
           coalesce((
               select members.access_level
                 from members
                where members.user_id = :user_id
                  and members.source_type = 'Project'
                  and members.source_id = project.id
                  and)sql",
    kIsMemberToday,
    "), 0)"
);

constexpr auto kColumns = db::columns<Row>(
    db::within(&Row::project, kProject),
    db::column("project.is_by_stem", &Row::is_by_stem),
    db::column(
        R"sql(
           case when lower(project.path) = lower(
                    case when project.is_by_stem = 1 then :stem else :path end
                ) then 0 else 1 end)sql",
        &Row::is_other_path
    ),
    db::flag("project.is_personal = 1 and project.owner_id = :user_id", &Row::is_personal_owner),
    db::column("project.default_branch_protection_defaults", &Row::protection_defaults),
    db::column("lineage.restricted", &Row::is_restricted),
    db::column("lineage.protected_above", &Row::has_protections_above),
    db::column(kDeployKey, &Row::deploy_key),
    db::column(kProjectLevel, &Row::project_level),
    db::column("coalesce(lineage.role, 0)", &Row::group_level),
    db::column("coalesce(lineage.shared_role, 0)", &Row::shared_level)
);

// One statement answers all, because round trips take long on PostgreSQL.
//
// `reach` holds every group whose members have a part in the project, with the highest level that
// such a membership can give. These are the groups above the project, the groups invited to it, and
// the groups above those. `union`, not `union all`: it ends even if groups form a ring. Each of
// these groups, and each group invited to one, looks the user up by itself with no join. SQLite
// expects a recursive part to be huge and would read all members to build a filter before it joins
// them. Either database would rather begin with all groups that the user belongs to.
//
// `cross join` keeps SQLite to the order as written. Otherwise it would begin with the routes of
// all projects.
//
// The project is looked up once, by the id, path, stem or former path that is given. `coalesce`
// asks no further than it must. A stem is given together with a path that may be a project's
// itself.
constexpr auto kFind = db::reading(
    "projects.find_with_standing",
    R"sql(
    with recursive project as (
        select projects.id, routes.path, projects.namespace_id,
               case when namespaces.share_with_group_lock then null else projects.id end
                   as sharing_id,
               case when namespaces.type = 'User' then 1 else 0 end as is_personal,
               namespaces.owner_id,
               projects.visibility_level,
               case when projects.archived then 1 else 0 end as archived,
               case when projects.repository_read_only then 1 else 0 end as repository_read_only,
               case when projects.pending_delete then 1 else 0 end as pending_delete,
               projects.repository_storage,
               coalesce(projects.disk_path, '') as disk_path,
               case when projects.repository_exists then 1 else 0 end as repository_exists,
               case when projects.empty_repo then 1 else 0 end as empty_repo,
               coalesce(projects.default_branch, '') as default_branch,
               case when coalesce(
                   projects.lfs_enabled,
                   case when namespaces.type = 'Group' then namespaces.lfs_enabled end,
                   true
               ) then 1 else 0 end as lfs_enabled,
               coalesce(features.repository_access_level, 20) as repository_access_level,
               coalesce(features.wiki_access_level, 20) as wiki_access_level,
               coalesce(features.snippets_access_level, 20) as snippets_access_level,
               case when projects.merge_requests_allowed
                     and coalesce(features.merge_requests_access_level, 20) > 0
                    then 1 else 0 end as merge_requests_enabled,
               coalesce(namespaces.default_branch_protection_defaults, '')
                   as default_branch_protection_defaults,
               case when lower(:stem) is null then 0
                    when exists (
                        select 1
                          from routes
                         where lower(path) = lower(:path)
                           and source_type = 'Project'
                    ) then 0
                    when exists (
                        select 1
                          from redirect_routes
                         where lower(path) = lower(:path)
                           and source_type = 'Project'
                    ) then 0
                    else 1 end as is_by_stem
          from projects
         cross join namespaces
         cross join routes
          left join project_features as features on features.project_id = projects.id
         where projects.id = coalesce(
                   :project_id,
                   (select source_id
                      from routes
                     where lower(path) = lower(:path)
                       and source_type = 'Project'),
                   (select source_id
                      from redirect_routes
                     where lower(path) = lower(:path)
                       and source_type = 'Project'),
                   (select source_id
                      from routes
                     where lower(path) = lower(:stem)
                       and source_type = 'Project'),
                   (select source_id
                      from redirect_routes
                     where lower(path) = lower(:stem)
                       and source_type = 'Project')
               )
           and namespaces.id = projects.namespace_id
           and routes.source_type = 'Project'
           and routes.source_id = projects.id
    ),
    reach(id, parent_id, group_id, is_above, ceiling, archived, protocol, certificates) as (
        select id, parent_id, case when type = 'Group' then id end, 1, 50,
               case when archived then 1 else 0 end,
               enabled_git_access_protocol,
               case when enforce_ssh_certificates then 1 else 0 end
          from namespaces
         where id = (select namespace_id from project)
        union all
        select invited.id, invited.parent_id, case when invited.type = 'Group' then invited.id end,
               0, links.group_access, 0, null, 0
          from project_group_links as links
          join namespaces as invited on invited.id = links.group_id
         where links.project_id = (select sharing_id from project)
           and)sql",
    kIsInvitedToday,
    R"sql(
        union
        select parent.id, parent.parent_id, case when parent.type = 'Group' then parent.id end,
               reach.is_above, reach.ceiling,
               case when parent.archived then 1 else 0 end,
               parent.enabled_git_access_protocol,
               case when parent.enforce_ssh_certificates then 1 else 0 end
          from reach
          join namespaces as parent on parent.id = reach.parent_id
    )
    select)sql",
    kColumns,
    R"sql(
      from project
     cross join (
               select max(case when is_above = 1 and parent_id is null then id end) as root_id,
                      max(case when is_above = 1 and parent_id is null then protocol end)
                          as protocol,
                      max(case when is_above = 1 and parent_id is null then certificates
                               else 0 end) as certificates,
                      max(case when is_above = 1 then archived else 0 end) as archived,
                      max(case when is_above = 1 and exists (
                          select 1
                            from ip_restrictions
                           where ip_restrictions.group_id = reach.group_id
                      ) then 1 else 0 end) as restricted,
                      max(case when is_above = 1 and exists (
                          select 1
                            from protected_branches
                           where protected_branches.namespace_id = reach.group_id
                      ) then 1 else 0 end) as protected_above,
                      max((
                          select case when members.access_level < reach.ceiling
                                      then members.access_level else reach.ceiling end
                            from members
                           where members.user_id = :user_id
                             and members.source_type = 'Namespace'
                             and members.source_id = reach.group_id
                             and)sql",
    kIsMemberToday,
    R"sql(
                      )) as role,
                      max((
                          select max((
                                     select case when members.access_level < links.group_access
                                                  and members.access_level < reach.ceiling
                                                 then members.access_level
                                                 when links.group_access < reach.ceiling
                                                 then links.group_access else reach.ceiling end
                                       from members
                                      where members.user_id = :user_id
                                        and members.source_type = 'Namespace'
                                        and members.source_id = links.shared_with_group_id
                                        and)sql",
    kIsMemberToday,
    R"sql(
                                 ))
                            from group_group_links as links
                           where links.shared_group_id = reach.group_id
                             and)sql",
    kIsInvitedToday,
    R"sql(
                      )) as shared_role
                 from reach
           ) as lineage)sql"
);

struct IpRestriction {
    NamespaceId group_id;
    std::string range;
};

constexpr auto kIpRestriction = db::columns<IpRestriction>(
    db::column("group_id", &IpRestriction::group_id), db::column("range", &IpRestriction::range)
);

constexpr auto kIpRestrictions = db::reading(
    "ip_restrictions.list_above",
    R"sql(
    with recursive lineage(id, parent_id) as (
        select id, parent_id from namespaces where id = :namespace_id)sql",
    kAndAllAbove,
    R"sql(
    )
    select)sql",
    kIpRestriction,
    R"sql(
      from ip_restrictions
     where group_id in (select id from lineage)
     order by group_id, range)sql"
);

/// A level that is no role on a project (minimal access) counts as none.
git_access::Role effective_role(const Row& row) {
    if (row.is_personal_owner) {
        return git_access::Role::owner;
    }
    const int level = std::max({row.project_level, row.group_level, row.shared_level});
    const auto role = static_cast<git_access::Role>(level);
    return role < git_access::Role::guest ? git_access::Role::none : role;
}

std::optional<Row> fetch_row(
    db::Session& session, const ProjectSelector& selector, const Viewer& viewer
) {
    return session.fetch_row(
        kFind,
        soci::use(selector.id, "project_id"),
        soci::use(selector.path, "path"),
        soci::use(selector.stem, "stem"),
        soci::use(viewer.user_id, "user_id"),
        soci::use(viewer.deploy_key_id, "deploy_key_id"),
        soci::use(viewer.today, "today")
    );
}

}  // namespace

Viewer Viewer::of(const git_access::Actor& actor, Date today) {
    Viewer viewer;
    viewer.today = today;
    if (actor.user) {
        viewer.user_id = actor.user->id;
    }
    if (actor.key && actor.key->is_deploy_key) {
        viewer.deploy_key_id = actor.key->id;
    }
    return viewer;
}

std::optional<LocatedProject> ProjectStore::fetch(
    const ProjectSelector& selector, const Viewer& viewer
) {
    std::optional<Row> row = fetch_row(session_, selector, viewer);
    if (!row) {
        return std::nullopt;
    }
    LocatedProject found;
    found.project = std::move(row->project);
    ProjectFacts& project = found.project;
    project.root_namespace_path = project.full_path.substr(0, project.full_path.find('/'));
    project.branch_protection_defaults =
        git_access::parse_branch_protection_defaults(row->protection_defaults);
    if (project.disk_path.empty()) {
        project.disk_path = git_access::hashed_disk_path(project.id);
    }
    if (row->is_restricted) {
        project.ip_restrictions = ip_restrictions(project.namespace_id);
    }
    found.standing.role = effective_role(*row);
    found.standing.is_deploy_key_enabled = row->deploy_key > 0;
    found.standing.can_deploy_key_push = row->deploy_key > 1;
    found.has_protections_above = row->has_protections_above;
    found.is_by_stem = row->is_by_stem;
    if (selector.path && row->is_other_path) {
        found.redirected_from = *selector.path;
    }
    return found;
}

std::vector<std::vector<std::string>> ProjectStore::ip_restrictions(NamespaceId namespace_id) {
    std::vector<std::vector<std::string>> restrictions;
    NamespaceId last = NamespaceId::none();
    for (IpRestriction& row :
         session_.fetch_rows(kIpRestrictions, soci::use(namespace_id, "namespace_id"))) {
        if (row.group_id != last) {
            restrictions.emplace_back();
            last = row.group_id;
        }
        restrictions.back().push_back(std::move(row.range));
    }
    return restrictions;
}

std::optional<LocatedProject> ProjectStore::find_by_path(
    std::string_view full_path, const Viewer& viewer
) {
    return fetch({.id = {}, .path = std::string{full_path}, .stem = {}}, viewer);
}

std::optional<LocatedProject> ProjectStore::find_by_either_path(
    std::string_view whole_path, std::string_view stem, const Viewer& viewer
) {
    return fetch({.id = {}, .path = std::string{whole_path}, .stem = std::string{stem}}, viewer);
}

std::optional<LocatedProject> ProjectStore::find(ProjectId project_id, const Viewer& viewer) {
    return fetch({.id = project_id.value, .path = {}, .stem = {}}, viewer);
}

}  // namespace innergate::handlers
