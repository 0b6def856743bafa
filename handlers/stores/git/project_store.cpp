#include "handlers/stores/git/project_store.hpp"

#include <algorithm>

#include "app/db/session.hpp"
#include "handlers/domain/git_access/branch_protection_defaults.hpp"
#include "handlers/domain/git_access/gl_repository.hpp"
#include "handlers/stores/membership.hpp"

namespace innergate::handlers {
namespace {

namespace git_access = domain::git_access;

// All of an answer in one statement, because round trips are what PostgreSQL takes long for.
//
// `reach` holds every group whose members have a part in the project, with the highest level that
// such a membership can give: the groups above the project, and the groups invited to it with
// those above them. `union`, not `union all`: it ends even if groups form a ring. Each of these
// groups, and each group invited to one, looks the user up by itself with no join. SQLite takes a
// recursive part for huge and would read all members to build a filter before it joins them, and
// either database would rather begin with all groups that the user belongs to.
//
// `cross join` keeps SQLite to the order as written: it would begin with the routes of all
// projects.
//
// One look-up of the project by whichever of id, path, stem and former paths is given: `coalesce`
// asks no further than it must. A stem is given beside a path that may be a project's itself.
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
    select project.id, project.path, project.is_by_stem,
           case when lower(project.path) = lower(
                    case when project.is_by_stem = 1 then :stem else :path end
                ) then 0 else 1 end,
           project.namespace_id, project.is_personal,
           case when project.is_personal = 1 and project.owner_id = :user_id then 1 else 0 end,
           coalesce(lineage.root_id, project.namespace_id), coalesce(lineage.protocol, ''),
           lineage.certificates,
           project.visibility_level,
           case when project.archived = 1 then 1 else lineage.archived end,
           project.repository_read_only, project.pending_delete,
           project.repository_storage, project.disk_path,
           project.repository_exists, project.empty_repo, project.default_branch,
           project.lfs_enabled,
           project.repository_access_level, project.wiki_access_level,
           project.snippets_access_level, project.merge_requests_enabled,
           project.default_branch_protection_defaults,
           lineage.restricted, lineage.protected_above,
           coalesce((
               select case when can_push then 2 else 1 end
                 from deploy_keys_projects
                where deploy_key_id = :deploy_key_id
                  and project_id = project.id
           ), 0),
           coalesce((
               select members.access_level
                 from members
                where members.user_id = :user_id
                  and members.source_type = 'Project'
                  and members.source_id = project.id
                  and)sql",
    kIsMemberToday,
    R"sql(
           ), 0),
           coalesce(lineage.role, 0), coalesce(lineage.shared_role, 0)
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

constexpr db::Query kIpRestrictions{"ip_restrictions.list_above", R"sql(
    with recursive lineage(id, parent_id) as (
        select id, parent_id from namespaces where id = :namespace_id
        union
        select parent.id, parent.parent_id
          from lineage
          join namespaces as parent on parent.id = lineage.parent_id
    )
    select group_id, range
      from ip_restrictions
     where group_id in (select id from lineage)
     order by group_id, range)sql"};

/// The row of kFind where it is not the fact itself.
struct Row {
    LocatedProject found;
    bool is_other_path = false;
    bool is_personal_owner = false;
    bool is_restricted = false;
    int visibility = 0;
    int repository_feature = 0;
    int wiki_feature = 0;
    int snippets_feature = 0;
    int deploy_key = 0;  ///< 0 not enabled, 1 to read, 2 to write
    std::string protection_defaults;
    int project_level = 0;
    int group_level = 0;
    int shared_level = 0;
};

/// What is no role on a project (minimal access) counts as none.
git_access::Role effective_role(const Row& row) {
    if (row.is_personal_owner) {
        return git_access::Role::owner;
    }
    const int level = std::max({row.project_level, row.group_level, row.shared_level});
    const auto role = static_cast<git_access::Role>(level);
    return role < git_access::Role::guest ? git_access::Role::none : role;
}

bool fetch_row(
    db::Session& session, const ProjectSelector& selector, const Viewer& viewer, Row& row
) {
    const auto value_of = [](const auto& id) {
        return id ? std::optional{id->value} : std::nullopt;
    };
    const std::optional<long long> user_id = value_of(viewer.user_id);
    const std::optional<long long> deploy_key_id = value_of(viewer.deploy_key_id);
    git_access::ProjectFacts& project = row.found.project;
    return session.fetch_one(
        kFind,
        soci::use(selector.id, "project_id"),
        soci::use(selector.path, "path"),
        soci::use(selector.stem, "stem"),
        soci::use(user_id, "user_id"),
        soci::use(deploy_key_id, "deploy_key_id"),
        soci::use(viewer.today, "today"),
        soci::into(project.id.value),
        soci::into(project.full_path),
        soci::into(row.found.is_by_stem),
        soci::into(row.is_other_path),
        soci::into(project.namespace_id.value),
        soci::into(project.is_in_personal_namespace),
        soci::into(row.is_personal_owner),
        soci::into(project.root_namespace_id.value),
        soci::into(project.root_enabled_git_access_protocol),
        soci::into(project.root_enforces_ssh_certificates),
        soci::into(row.visibility),
        soci::into(project.is_archived),
        soci::into(project.is_repository_read_only),
        soci::into(project.is_pending_delete),
        soci::into(project.storage),
        soci::into(project.disk_path),
        soci::into(project.does_repository_exist),
        soci::into(project.is_repository_empty),
        soci::into(project.default_branch),
        soci::into(project.is_lfs_enabled),
        soci::into(row.repository_feature),
        soci::into(row.wiki_feature),
        soci::into(row.snippets_feature),
        soci::into(project.is_merge_requests_enabled),
        soci::into(row.protection_defaults),
        soci::into(row.is_restricted),
        soci::into(row.found.has_protections_above),
        soci::into(row.deploy_key),
        soci::into(row.project_level),
        soci::into(row.group_level),
        soci::into(row.shared_level)
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
    Row row;
    if (!fetch_row(session_, selector, viewer, row)) {
        return std::nullopt;
    }
    git_access::ProjectFacts& project = row.found.project;
    project.visibility = static_cast<git_access::Visibility>(row.visibility);
    project.repository_feature = static_cast<git_access::FeatureLevel>(row.repository_feature);
    project.wiki_feature = static_cast<git_access::FeatureLevel>(row.wiki_feature);
    project.snippets_feature = static_cast<git_access::FeatureLevel>(row.snippets_feature);
    project.root_namespace_path = project.full_path.substr(0, project.full_path.find('/'));
    project.branch_protection_defaults =
        git_access::parse_branch_protection_defaults(row.protection_defaults);
    if (project.disk_path.empty()) {
        project.disk_path = git_access::hashed_disk_path(project.id);
    }
    if (row.is_restricted) {
        project.ip_restrictions = ip_restrictions(project.namespace_id);
    }
    row.found.standing.role = effective_role(row);
    row.found.standing.is_deploy_key_enabled = row.deploy_key > 0;
    row.found.standing.can_deploy_key_push = row.deploy_key > 1;
    if (selector.path && row.is_other_path) {
        row.found.redirected_from = *selector.path;
    }
    return std::move(row.found);
}

std::vector<std::vector<std::string>> ProjectStore::ip_restrictions(NamespaceId namespace_id) {
    std::vector<std::vector<std::string>> restrictions;
    NamespaceId last = NamespaceId::none();
    NamespaceId group_id;
    std::string range;
    session_.fetch_each(
        kIpRestrictions,
        [&] {
            if (group_id != last) {
                restrictions.emplace_back();
                last = group_id;
            }
            restrictions.back().push_back(range);
        },
        soci::use(namespace_id.value, "namespace_id"),
        soci::into(group_id.value),
        soci::into(range)
    );
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
