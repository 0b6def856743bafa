#include "handlers/stores/protection_store.hpp"

#include <array>

#include "app/db/session.hpp"

namespace innergate::handlers {
namespace {

namespace git_access = domain::git_access;

// A row for each rule, so that a rule without levels is seen too, and one for each of its levels.
// `lineage` holds the groups above the project. `union`, not `union all`, where a part names
// itself: it ends even if groups form a ring. A group's own levels are rare, so each looks by
// itself whether the actor is a member of it or of a group above it; minimal access is none.
constexpr db::Query kProtections{"protections.list", R"sql(
    with recursive lineage(id, parent_id) as (
        select id, parent_id
          from namespaces
         where id = (select namespace_id from projects where id = :project_id)
        union
        select parent.id, parent.parent_id
          from lineage
          join namespaces as parent on parent.id = lineage.parent_id
    ),
    branches(id, name, allow_force_push) as (
        select id, name, case when allow_force_push then 1 else 0 end
          from protected_branches
         where project_id = :project_id
        union all
        select id, name, case when allow_force_push then 1 else 0 end
          from protected_branches
         where namespace_id in (select id from lineage)
    ),
    rules(kind, id, name, allow_force_push, access_level, user_id, group_id, deploy_key_id) as (
        select 0, id, name, allow_force_push, 0, cast(null as bigint), cast(null as bigint),
               cast(null as bigint)
          from branches
        union all
        select 1, protected_branch_id, '', 0, access_level, user_id, group_id, deploy_key_id
          from protected_branch_push_access_levels
         where protected_branch_id in (select id from branches)
        union all
        select 2, protected_branch_id, '', 0, access_level, user_id, group_id,
               cast(null as bigint)
          from protected_branch_merge_access_levels
         where protected_branch_id in (select id from branches)
        union all
        select 3, id, name, 0, 0, cast(null as bigint), cast(null as bigint),
               cast(null as bigint)
          from protected_tags
         where project_id = :project_id
        union all
        select 4, protected_tag_id, '', 0, access_level, user_id, group_id, deploy_key_id
          from protected_tag_create_access_levels
         where protected_tag_id in (select id from protected_tags where project_id = :project_id)
    )
    select kind, name, allow_force_push, access_level,
           case when user_id is not null then 1
                when group_id is not null then 2
                when deploy_key_id is not null then 3
                else 0 end,
           case when user_id is not null then case when user_id = :user_id then 1 else 0 end
                when group_id is not null then case when exists (
                    with recursive membership(id, parent_id) as (
                        select id, parent_id
                          from namespaces
                         where id = rules.group_id
                           and type = 'Group'
                        union
                        select parent.id, parent.parent_id
                          from membership
                          join namespaces as parent on parent.id = membership.parent_id
                    )
                    select 1
                      from members
                     where members.user_id = :user_id
                       and members.source_type = 'Namespace'
                       and members.source_id in (select id from membership)
                       and members.requested_at is null
                       and members.invite_token is null
                       and members.state = 0
                       and members.access_level >= 10
                       and (members.expires_at is null or members.expires_at > :today)
                ) then 1 else 0 end
                when deploy_key_id is not null then case when exists (
                    select 1
                      from keys
                     where keys.id = rules.deploy_key_id
                       and keys.user_id = :user_id
                ) and exists (
                    select 1
                      from deploy_keys_projects
                     where deploy_keys_projects.deploy_key_id = rules.deploy_key_id
                       and deploy_keys_projects.project_id = :project_id
                       and deploy_keys_projects.can_push
                ) then 1 else 0 end
                else 0 end
      from rules
     order by case when kind < 3 then 0 else 1 end, id, kind)sql"};

constexpr db::Query kLocks{"protections.list_locks", R"sql(
    select 0, target_branch, coalesce(in_progress_merge_commit_sha, ''), cast(0 as bigint)
      from merge_requests
     where target_project_id = :project_id
       and state_id = 4
    union all
    select 1, lfs_file_locks.path, users.username, lfs_file_locks.user_id
      from lfs_file_locks
      join users on users.id = lfs_file_locks.user_id
     where lfs_file_locks.project_id = :project_id)sql"};

/// What a row of kProtections is; each rule comes before its levels.
enum class RowKind : int { branch = 0, push = 1, merge = 2, tag = 3, create = 4 };

struct Row {
    int kind = 0;
    std::string name;
    bool allows_force_push = false;
    int level = 0;
    int subject = 0;
    bool names_actor = false;
};

void add(const Row& row, git_access::Role role, git_access::PushFacts& facts) {
    git_access::ProtectionRow level;
    level.subject = static_cast<git_access::ProtectionRow::Subject>(row.subject);
    level.level = static_cast<git_access::Role>(row.level);
    level.names_actor =
        row.names_actor && (level.subject != git_access::ProtectionRow::Subject::deploy_key ||
                            role >= git_access::Role::guest);
    switch (static_cast<RowKind>(row.kind)) {
        case RowKind::branch:
            facts.branches.push_back({row.name, row.allows_force_push, {}, {}});
            break;
        case RowKind::push:
            facts.branches.back().push.push_back(level);
            break;
        case RowKind::merge:
            facts.branches.back().merge.push_back(level);
            break;
        case RowKind::tag:
            facts.tags.push_back({row.name, {}});
            break;
        case RowKind::create:
            facts.tags.back().create.push_back(level);
            break;
    }
}

void add_locks(db::Session& session, ProjectId project_id, git_access::PushFacts& facts) {
    bool is_file = false;
    std::string name;
    std::string detail;
    UserId user_id;
    session.fetch_each(
        kLocks,
        [&] {
            if (is_file) {
                facts.lfs_file_locks.push_back({name, user_id, detail});
            } else {
                facts.locked_merge_requests.push_back({name, detail});
            }
        },
        soci::use(project_id.value, "project_id"),
        soci::into(is_file),
        soci::into(name),
        soci::into(detail),
        soci::into(user_id.value)
    );
}

}  // namespace

std::span<const db::Query> ProtectionStore::queries() {
    static constexpr std::array kAll{kProtections, kLocks};
    return kAll;
}

git_access::PushFacts ProtectionStore::find(
    ProjectId project_id, std::optional<UserId> user_id, git_access::Role role, Date today
) {
    git_access::PushFacts facts;
    const auto user = user_id ? std::optional{user_id->value} : std::nullopt;
    Row row;
    session_.fetch_each(
        kProtections,
        [&] { add(row, role, facts); },
        soci::use(project_id.value, "project_id"),
        soci::use(user, "user_id"),
        soci::use(today, "today"),
        soci::into(row.kind),
        soci::into(row.name),
        soci::into(row.allows_force_push),
        soci::into(row.level),
        soci::into(row.subject),
        soci::into(row.names_actor)
    );
    add_locks(session_, project_id, facts);
    return facts;
}

}  // namespace innergate::handlers
