#include "handlers/stores/git/protection_store.hpp"

#include <map>
#include <string>
#include <vector>

#include "app/db/session.hpp"
#include "handlers/stores/lineage.hpp"
#include "handlers/stores/membership.hpp"

namespace innergate::handlers {
namespace {

namespace git_access = domain::git_access;

/// What a row is; each rule comes before its levels.
enum class RowKind : int {
    branch = 0,
    push = 1,
    merge = 2,
    tag = 3,
    create = 4,
    merge_request = 5,
    file_lock = 6
};

struct Row {
    RowKind kind = RowKind::branch;
    std::string name;
    std::string detail;
    bool allows_force_push = false;
    git_access::Role level = git_access::Role::none;
    std::optional<long long> user_id;
    std::optional<long long> group_id;
    std::optional<long long> deploy_key_id;
};

// The columns come from `rules`, which is a part of each statement.
constexpr auto kColumns = db::columns<Row>(
    db::column("kind", &Row::kind),
    db::column("name", &Row::name),
    db::column("detail", &Row::detail),
    db::column("allow_force_push", &Row::allows_force_push),
    db::column("access_level", &Row::level),
    db::column("user_id", &Row::user_id),
    db::column("group_id", &Row::group_id),
    db::column("deploy_key_id", &Row::deploy_key_id)
);

// There is a row for each rule, so that a rule without levels is seen too, and then one for each of
// its levels. Further rows hold what else stands against a push. One statement answers all, because
// round trips take long on PostgreSQL.
constexpr auto kOfProject = db::reading("protections.list_of_project", "select", kColumns, R"sql(
      from (select 0 as kind, id, name, '' as detail,
                   case when allow_force_push then 1 else 0 end as allow_force_push,
                   0 as access_level, cast(null as bigint) as user_id,
                   cast(null as bigint) as group_id, cast(null as bigint) as deploy_key_id
              from protected_branches
             where project_id = :project_id
            union all
            select 1, levels.protected_branch_id, '', '', 0, levels.access_level, levels.user_id,
                   levels.group_id, levels.deploy_key_id
              from protected_branches as branches
              join protected_branch_push_access_levels as levels
                on levels.protected_branch_id = branches.id
             where branches.project_id = :project_id
            union all
            select 2, levels.protected_branch_id, '', '', 0, levels.access_level, levels.user_id,
                   levels.group_id, cast(null as bigint)
              from protected_branches as branches
              join protected_branch_merge_access_levels as levels
                on levels.protected_branch_id = branches.id
             where branches.project_id = :project_id
            union all
            select 3, id, name, '', 0, 0, cast(null as bigint), cast(null as bigint),
                   cast(null as bigint)
              from protected_tags
             where project_id = :project_id
            union all
            select 4, levels.protected_tag_id, '', '', 0, levels.access_level, levels.user_id,
                   levels.group_id, levels.deploy_key_id
              from protected_tags as tags
              join protected_tag_create_access_levels as levels
                on levels.protected_tag_id = tags.id
             where tags.project_id = :project_id
            union all
            select 5, id, target_branch, coalesce(in_progress_merge_commit_sha, ''), 0, 0,
                   cast(null as bigint), cast(null as bigint), cast(null as bigint)
              from merge_requests
             where target_project_id = :project_id
               and state_id = 4
            union all
            select 6, locks.id, locks.path, users.username, 0, 0, locks.user_id,
                   cast(null as bigint), cast(null as bigint)
              from lfs_file_locks as locks
              join users on users.id = locks.user_id
             where locks.project_id = :project_id) as rules
     order by case when kind < 3 then 0 when kind < 5 then 3 else kind end, id, kind)sql");

constexpr auto kOfGroupsAbove = db::reading(
    "protections.list_of_groups_above",
    R"sql(
    with branches(id, name, allow_force_push) as (
        select id, name, case when allow_force_push then 1 else 0 end
          from protected_branches
         where namespace_id in ()sql",
    kGroupsAboveProject,
    R"sql(
         )
    )
    select)sql",
    kColumns,
    R"sql(
      from (select 0 as kind, id, name, '' as detail, allow_force_push, 0 as access_level,
                   cast(null as bigint) as user_id, cast(null as bigint) as group_id,
                   cast(null as bigint) as deploy_key_id
              from branches
            union all
            select 1, protected_branch_id, '', '', 0, access_level, user_id, group_id,
                   deploy_key_id
              from protected_branch_push_access_levels
             where protected_branch_id in (select id from branches)
            union all
            select 2, protected_branch_id, '', '', 0, access_level, user_id, group_id,
                   cast(null as bigint)
              from protected_branch_merge_access_levels
             where protected_branch_id in (select id from branches)) as rules
     order by id, kind)sql"
);

// Only direct members count, as on GitLab, and not the members of a group above. Minimal access is
// no membership.
constexpr auto kIsInGroup = db::reading(
    "protections.is_in_group",
    R"sql(
    select 1
      from members
     where members.user_id = :user_id
       and members.source_type = 'Namespace'
       and members.source_id = :group_id
       and members.access_level >= 10
       and)sql",
    kIsMemberToday
);

constexpr db::Query kMayKeyPush{"protections.may_deploy_key_push", R"sql(
    select 1
      from keys
      join deploy_keys_projects on deploy_keys_projects.deploy_key_id = keys.id
     where keys.id = :deploy_key_id
       and keys.user_id = :user_id
       and deploy_keys_projects.project_id = :project_id
       and deploy_keys_projects.can_push)sql"};

std::vector<Row> list_rows(db::Session& session, const auto& statement, ProjectId project_id) {
    return session.fetch_rows(statement, soci::use(project_id, "project_id"));
}

/// Tells whether rows name the user. Rows for groups and deploy keys are few, so each of those is
/// asked for once.
class Subjects {
public:
    Subjects(
        db::Session& session,
        ProjectId project_id,
        std::optional<UserId> user_id,
        git_access::Role role,
        Date today
    )
        : session_(session),
          project_id_(project_id),
          user_id_(user_id),
          role_(role),
          today_(today) {}

    [[nodiscard]] git_access::ProtectionRow read(const Row& row) {
        git_access::ProtectionRow level;
        level.level = row.level;
        if (row.user_id) {
            level.subject = git_access::ProtectionRow::Subject::user;
            level.names_actor = user_id_ && user_id_->value == *row.user_id;
        } else if (row.group_id) {
            level.subject = git_access::ProtectionRow::Subject::group;
            level.names_actor = user_id_ && is_in_group(*row.group_id);
        } else if (row.deploy_key_id) {
            level.subject = git_access::ProtectionRow::Subject::deploy_key;
            level.names_actor = user_id_ && role_ >= git_access::Role::guest &&
                                is_owner_of_pushing_key(*row.deploy_key_id);
        }
        return level;
    }

private:
    bool is_in_group(long long group_id) {
        const auto [place, is_new] = groups_.try_emplace(group_id, false);
        if (is_new) {
            int found = 0;
            place->second = session_.fetch_one(
                kIsInGroup,
                soci::use(user_id_->value, "user_id"),
                soci::use(group_id, "group_id"),
                soci::use(today_, "today"),
                soci::into(found)
            );
        }
        return place->second;
    }

    bool is_owner_of_pushing_key(long long deploy_key_id) {
        const auto [place, is_new] = keys_.try_emplace(deploy_key_id, false);
        if (is_new) {
            int found = 0;
            place->second = session_.fetch_one(
                kMayKeyPush,
                soci::use(deploy_key_id, "deploy_key_id"),
                soci::use(user_id_->value, "user_id"),
                soci::use(project_id_.value, "project_id"),
                soci::into(found)
            );
        }
        return place->second;
    }

    db::Session& session_;
    ProjectId project_id_;
    std::optional<UserId> user_id_;
    git_access::Role role_;
    Date today_;
    std::map<long long, bool> groups_;
    std::map<long long, bool> keys_;
};

void add(const Row& row, Subjects& subjects, git_access::PushFacts& facts) {
    switch (row.kind) {
        case RowKind::branch:
            facts.branches.push_back({row.name, row.allows_force_push, {}, {}});
            break;
        case RowKind::push:
            facts.branches.back().push.push_back(subjects.read(row));
            break;
        case RowKind::merge:
            facts.branches.back().merge.push_back(subjects.read(row));
            break;
        case RowKind::tag:
            facts.tags.push_back({row.name, {}});
            break;
        case RowKind::create:
            facts.tags.back().create.push_back(subjects.read(row));
            break;
        case RowKind::merge_request:
            facts.locked_merge_requests.push_back({row.name, row.detail});
            break;
        case RowKind::file_lock:
            facts.lfs_file_locks.push_back({row.name, UserId{row.user_id.value_or(0)}, row.detail});
            break;
    }
}

}  // namespace

git_access::PushFacts ProtectionStore::find(
    const ProtectedProject& project,
    std::optional<UserId> user_id,
    git_access::Role role,
    Date today
) {
    git_access::PushFacts facts;
    Subjects subjects{session_, project.id, user_id, role, today};
    for (const Row& row : list_rows(session_, kOfProject, project.id)) {
        add(row, subjects, facts);
    }
    if (project.has_protections_above) {
        for (const Row& row : list_rows(session_, kOfGroupsAbove, project.id)) {
            add(row, subjects, facts);
        }
    }
    return facts;
}

}  // namespace innergate::handlers
