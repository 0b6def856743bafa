#include "handlers/stores/git/project_store.hpp"

#include <algorithm>

#include "app/db/session.hpp"
#include "handlers/domain/git_access/branch_protection_defaults.hpp"
#include "handlers/domain/git_access/gl_repository.hpp"
#include "handlers/domain/git_access/project_settings.hpp"
#include "handlers/stores/git/project_row.hpp"
#include "handlers/stores/membership.hpp"
#include "handlers/stores/project_path.hpp"

namespace innergate::handlers {
namespace {

namespace git_access = domain::git_access;
using git_access::ProjectFacts;

/// A project that was found by what may be an earlier path, or another's beginning.
struct LocatedRow {
    ProjectRow row;
    bool is_by_stem = false;
    bool has_path = false;
    bool has_stem = false;
};

// The namespace stands for a root that is no group: a personal one, or what is part of a ring.
constexpr auto kFeaturesAndRoot = db::sql(R"sql(
      left join project_features as features on features.project_id = projects.id
      left join namespace_ancestors as top
             on top.namespace_id = projects.namespace_id and top.is_root
      left join namespaces as root on root.id = coalesce(top.ancestor_id, projects.namespace_id))sql"
);

// What nearly every request asks. The rest of what a path can mean is left to kLocate. `cross join`
// keeps SQLite to the order as written.
constexpr auto kFindByPath = db::reading(
    "projects.find_by_path",
    "select",
    kProjectRow,
    R"sql(
      from routes
     cross join projects
     cross join namespaces as own)sql",
    kFeaturesAndRoot,
    R"sql(
     where lower(routes.path) = lower(:path)
       and routes.source_type = 'Project'
       and projects.id = routes.source_id
       and own.id = projects.namespace_id)sql"
);

constexpr auto kLocatedRow = db::columns<LocatedRow>(
    db::within(&LocatedRow::row, kProjectRow),
    db::flag(
        R"sql(
           lower(:stem) is not null and not exists (
               select 1
                 from routes as known
                where lower(known.path) = lower(:path)
                  and known.source_type = 'Project'
           ) and not exists (
               select 1
                 from redirect_routes as known
                where lower(known.path) = lower(:path)
                  and known.source_type = 'Project'
           ))sql",
        &LocatedRow::is_by_stem
    ),
    db::flag("lower(routes.path) = lower(:path)", &LocatedRow::has_path),
    db::flag("lower(routes.path) = lower(:stem)", &LocatedRow::has_stem)
);

// The project is looked up once, by the id, path, stem or former path that is given. `coalesce`
// asks no further than it must. A stem is given together with a path that may be a project's
// itself. `cross join` keeps SQLite to the order as written. Otherwise it would begin with the
// routes of all projects.
constexpr auto kLocate = db::reading(
    "projects.locate",
    "select",
    kLocatedRow,
    R"sql(
      from projects
     cross join namespaces as own
     cross join routes)sql",
    kFeaturesAndRoot,
    R"sql(
     where projects.id = coalesce(
               :project_id,)sql",
    kProjectOfPath,
    R"sql(,
               (select source_id
                  from routes
                 where lower(path) = lower(:stem)
                   and source_type = 'Project'),
               (select source_id
                  from redirect_routes
                 where lower(path) = lower(:stem)
                   and source_type = 'Project')
           )
       and own.id = projects.namespace_id
       and routes.source_type = 'Project'
       and routes.source_id = projects.id)sql"
);

// `reach` holds every group whose members have a part in the project, with the highest level that
// such a membership can give. These are the groups above the project, the groups invited to it, and
// the groups above those. Each of these groups, and each group invited to one, looks the user up by
// itself with no join.
constexpr auto kFindInvitedLevel = db::reading(
    "projects.find_invited_level",
    R"sql(
    with reach(group_id, ceiling) as (
        select ancestor_id, 50
          from namespace_ancestors
         where namespace_id = :namespace_id
        union all
        select above.ancestor_id, links.group_access
          from project_group_links as links
          join namespace_ancestors as above on above.namespace_id = links.group_id
         where links.project_id = :sharing_project_id
           and)sql",
    kIsInvitedToday,
    R"sql(
    )
    select coalesce(max(level), 0)
      from (select (select case when members.access_level < reach.ceiling
                                then members.access_level else reach.ceiling end
                      from members
                     where members.user_id = :user_id
                       and members.source_type = 'Namespace'
                       and members.source_id = reach.group_id
                       and)sql",
    kIsMemberToday,
    R"sql(
                   ) as level
              from reach
            union all
            select (select max((
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
                   )
              from reach) as levels)sql"
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
    "select",
    kIpRestriction,
    R"sql(
      from ip_restrictions
     where group_id in (
               select ancestor_id from namespace_ancestors where namespace_id = :namespace_id
           )
     order by group_id, range)sql"
);

/// A level that is no role on a project (minimal access) counts as none.
git_access::Role effective_role(const ProjectRow& row, const Viewer& viewer, int invited_level) {
    if (row.project.is_in_personal_namespace && row.namespace_owner_id == viewer.user_id &&
        viewer.user_id) {
        return git_access::Role::owner;
    }
    const int level = std::max({row.project_level, row.above.level, invited_level});
    const auto role = static_cast<git_access::Role>(level);
    return role < git_access::Role::guest ? git_access::Role::none : role;
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

int ProjectStore::invited_level(const ProjectRow& row, const Viewer& viewer) {
    if (!viewer.user_id || !(row.has_invited_groups || row.above.has_invited_groups)) {
        return 0;
    }
    const std::optional<ProjectId> sharing_project =
        row.has_invited_groups ? std::optional{row.project.id} : std::nullopt;
    int level = 0;
    session_.fetch_one(
        kFindInvitedLevel,
        soci::use(row.project.namespace_id, "namespace_id"),
        soci::use(sharing_project, "sharing_project_id"),
        soci::use(viewer.user_id, "user_id"),
        soci::use(viewer.today, "today"),
        soci::into(level)
    );
    return level;
}

LocatedProject ProjectStore::complete(ProjectRow&& row, const Viewer& viewer) {
    LocatedProject found;
    found.standing.role = effective_role(row, viewer, invited_level(row, viewer));
    found.standing.is_deploy_key_enabled = row.deploy_key > 0;
    found.standing.can_deploy_key_push = row.deploy_key > 1;
    found.has_protections_above = row.above.has_protected_branches;
    found.project = std::move(row.project);
    ProjectFacts& project = found.project;
    project.root_namespace_path = project.full_path.substr(0, project.full_path.find('/'));
    project.is_archived = row.is_archived_itself || row.above.has_archived;
    project.is_lfs_enabled = git_access::is_lfs_enabled(row.lfs_enabled, row.lfs_enabled_of_group);
    project.repository_feature = git_access::feature_level(row.repository_feature);
    project.wiki_feature = git_access::feature_level(row.wiki_feature);
    project.snippets_feature = git_access::feature_level(row.snippets_feature);
    project.is_merge_requests_enabled =
        row.are_merge_requests_allowed &&
        git_access::feature_level(row.merge_requests_feature) != git_access::FeatureLevel::disabled;
    project.branch_protection_defaults =
        git_access::parse_branch_protection_defaults(row.protection_defaults);
    if (project.disk_path.empty()) {
        project.disk_path = git_access::hashed_disk_path(project.id);
    }
    if (row.above.has_ip_restrictions) {
        project.ip_restrictions = ip_restrictions(project.namespace_id);
    }
    return found;
}

std::optional<LocatedProject> ProjectStore::locate(
    const ProjectSelector& selector, const Viewer& viewer
) {
    std::optional<LocatedRow> located = session_.fetch_row(
        kLocate,
        soci::use(selector.id, "project_id"),
        soci::use(selector.path, "path"),
        soci::use(selector.stem, "stem"),
        soci::use(viewer.user_id, "user_id"),
        soci::use(viewer.deploy_key_id, "deploy_key_id"),
        soci::use(viewer.today, "today")
    );
    if (!located) {
        return std::nullopt;
    }
    LocatedProject found = complete(std::move(located->row), viewer);
    found.is_by_stem = located->is_by_stem;
    if (selector.path && !(located->is_by_stem ? located->has_stem : located->has_path)) {
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
    const std::string path{full_path};
    std::optional<ProjectRow> row = session_.fetch_row(
        kFindByPath,
        soci::use(path, "path"),
        soci::use(viewer.user_id, "user_id"),
        soci::use(viewer.deploy_key_id, "deploy_key_id"),
        soci::use(viewer.today, "today")
    );
    return row ? complete(std::move(*row), viewer)
               : locate({.id = {}, .path = path, .stem = {}}, viewer);
}

std::optional<LocatedProject> ProjectStore::find_by_either_path(
    std::string_view whole_path, std::string_view stem, const Viewer& viewer
) {
    return locate({.id = {}, .path = std::string{whole_path}, .stem = std::string{stem}}, viewer);
}

std::optional<LocatedProject> ProjectStore::find(ProjectId project_id, const Viewer& viewer) {
    return locate({.id = project_id.value, .path = {}, .stem = {}}, viewer);
}

}  // namespace innergate::handlers
