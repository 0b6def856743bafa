// The columns of a project that an access check asks for. They belong to statements that name the
// tables `projects`, `routes`, `own` (its namespace), `root` (the topmost one) and `features`.
#pragma once

#include <optional>
#include <string>

#include "app/db/statement.hpp"
#include "app/ids.hpp"
#include "handlers/domain/git_access/facts.hpp"
#include "handlers/stores/membership.hpp"

namespace innergate::handlers {

/// What the groups at and above a project's namespace say, and the actor's level in them.
struct GroupsAbove {
    bool has_archived = false;
    bool has_ip_restrictions = false;
    bool has_protected_branches = false;
    bool has_invited_groups = false;
    int level = 0;  ///< highest of the actor's direct memberships in any of them, 0 for none
};

/// A project's row, with the values that are not facts themselves.
struct ProjectRow {
    domain::git_access::ProjectFacts project;
    bool is_archived_itself = false;
    std::optional<UserId> namespace_owner_id;
    std::optional<bool> lfs_enabled;
    std::optional<bool> lfs_enabled_of_group;
    std::optional<domain::git_access::FeatureLevel> repository_feature;
    std::optional<domain::git_access::FeatureLevel> wiki_feature;
    std::optional<domain::git_access::FeatureLevel> snippets_feature;
    std::optional<domain::git_access::FeatureLevel> merge_requests_feature;
    bool are_merge_requests_allowed = false;
    std::string protection_defaults;
    GroupsAbove above;
    bool has_invited_groups = false;
    int deploy_key = 0;  ///< 0 not enabled, 1 to read, 2 to write
    int project_level = 0;
};

inline constexpr auto kProjectFacts = db::columns<domain::git_access::ProjectFacts>(
    db::column("projects.id", &domain::git_access::ProjectFacts::id),
    db::column("routes.path", &domain::git_access::ProjectFacts::full_path),
    db::column("projects.namespace_id", &domain::git_access::ProjectFacts::namespace_id),
    db::flag("own.type = 'User'", &domain::git_access::ProjectFacts::is_in_personal_namespace),
    db::column("root.id", &domain::git_access::ProjectFacts::root_namespace_id),
    db::column(
        "coalesce(root.enabled_git_access_protocol, '')",
        &domain::git_access::ProjectFacts::root_enabled_git_access_protocol
    ),
    db::flag(
        "root.enforce_ssh_certificates",
        &domain::git_access::ProjectFacts::root_enforces_ssh_certificates
    ),
    db::column("projects.visibility_level", &domain::git_access::ProjectFacts::visibility),
    db::flag(
        "projects.repository_read_only", &domain::git_access::ProjectFacts::is_repository_read_only
    ),
    db::flag("projects.pending_delete", &domain::git_access::ProjectFacts::is_pending_delete),
    db::column("projects.repository_storage", &domain::git_access::ProjectFacts::storage),
    db::column("coalesce(projects.disk_path, '')", &domain::git_access::ProjectFacts::disk_path),
    db::flag(
        "projects.repository_exists", &domain::git_access::ProjectFacts::does_repository_exist
    ),
    db::flag("projects.empty_repo", &domain::git_access::ProjectFacts::is_repository_empty),
    db::column(
        "coalesce(projects.default_branch, '')", &domain::git_access::ProjectFacts::default_branch
    )
);

// One number, because each value of its own would walk through the groups once more. The lowest
// four bits are flags, and the level follows. The rows of each group are looked up without a join.
// With one, either database would begin with all groups that the user belongs to, or with all
// groups.
inline constexpr auto kGroupsAbove = db::sql(
    R"sql(
           coalesce((
               select max(case when (
                          select namespaces.archived
                            from namespaces
                           where namespaces.id = above.ancestor_id
                      ) then 1 else 0 end)
                      + 2 * max(case when exists (
                            select 1
                              from ip_restrictions
                             where ip_restrictions.group_id = above.ancestor_id
                        ) then 1 else 0 end)
                      + 4 * max(case when exists (
                            select 1
                              from protected_branches
                             where protected_branches.namespace_id = above.ancestor_id
                        ) then 1 else 0 end)
                      + 8 * max(case when exists (
                            select 1
                              from group_group_links
                             where group_group_links.shared_group_id = above.ancestor_id
                        ) then 1 else 0 end)
                      + 16 * max(coalesce((
                            select members.access_level
                              from members
                             where members.user_id = :user_id
                               and members.source_type = 'Namespace'
                               and members.source_id = above.ancestor_id
                               and)sql",
    kIsMemberToday,
    R"sql(
                        ), 0))
                 from namespace_ancestors as above
                where above.namespace_id = projects.namespace_id
           ), 0))sql"
);

constexpr GroupsAbove groups_above(int bits) {
    return {
        .has_archived = (bits & 1) != 0,
        .has_ip_restrictions = (bits & 2) != 0,
        .has_protected_branches = (bits & 4) != 0,
        .has_invited_groups = (bits & 8) != 0,
        .level = bits / 16,
    };
}

inline constexpr auto kDeployKey = db::sql(R"sql(
           coalesce((
               select case when can_push then 2 else 1 end
                 from deploy_keys_projects
                where deploy_key_id = :deploy_key_id
                  and project_id = projects.id
           ), 0))sql");

inline constexpr auto kProjectLevel = db::sql(
    R"sql(
           coalesce((
               select members.access_level
                 from members
                where members.user_id = :user_id
                  and members.source_type = 'Project'
                  and members.source_id = projects.id
                  and)sql",
    kIsMemberToday,
    "), 0)"
);

inline constexpr auto kProjectRow = db::columns<ProjectRow>(
    db::within(&ProjectRow::project, kProjectFacts),
    db::flag("projects.archived or own.archived", &ProjectRow::is_archived_itself),
    db::column("own.owner_id", &ProjectRow::namespace_owner_id),
    db::column(
        "case when projects.lfs_enabled then 1 when not projects.lfs_enabled then 0 end",
        &ProjectRow::lfs_enabled
    ),
    db::column(
        R"sql(
           case when own.type <> 'Group' then null when own.lfs_enabled then 1
                when not own.lfs_enabled then 0 end)sql",
        &ProjectRow::lfs_enabled_of_group
    ),
    db::column("features.repository_access_level", &ProjectRow::repository_feature),
    db::column("features.wiki_access_level", &ProjectRow::wiki_feature),
    db::column("features.snippets_access_level", &ProjectRow::snippets_feature),
    db::column("features.merge_requests_access_level", &ProjectRow::merge_requests_feature),
    db::flag("projects.merge_requests_allowed", &ProjectRow::are_merge_requests_allowed),
    db::column(
        "coalesce(own.default_branch_protection_defaults, '')", &ProjectRow::protection_defaults
    ),
    db::converted(kGroupsAbove, groups_above, &ProjectRow::above),
    db::flag(
        R"sql(
           not own.share_with_group_lock
           and exists (select 1 from project_group_links where project_id = projects.id))sql",
        &ProjectRow::has_invited_groups
    ),
    db::column(kDeployKey, &ProjectRow::deploy_key),
    db::column(kProjectLevel, &ProjectRow::project_level)
);

}  // namespace innergate::handlers
