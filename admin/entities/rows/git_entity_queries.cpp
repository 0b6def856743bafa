#include <array>

#include "admin/entities/rows/entity_queries.hpp"

namespace innergate::admin::rows {
namespace {

// The inner selects give an order: SQLite's aggregate functions take none. What SQLite knows to be
// JSON it would put into a JSON array as it is; '' || makes a plain text of it, as on PostgreSQL.

constexpr std::array kDeployKeyColumns{
    ShownColumn{"id", Kind::bigint, "t.id"},
    ShownColumn{"user", Kind::text, "users.username"},
    ShownColumn{"title", Kind::text, "t.title"},
    ShownColumn{"fingerprint_sha256", Kind::text, "t.fingerprint_sha256"},
    ShownColumn{
        "projects",
        Kind::text,
        "(select '' || coalesce(cast(@list@(path) as text), '[]') from ("
        "select routes.path from deploy_keys_projects as d "
        "join routes on routes.source_project_id = d.project_id "
        "where d.deploy_key_id = t.id order by routes.path) as listed)",
        true},
    ShownColumn{
        "can_push_to",
        Kind::text,
        "(select '' || coalesce(cast(@list@(path) as text), '[]') from ("
        "select routes.path from deploy_keys_projects as d "
        "join routes on routes.source_project_id = d.project_id "
        "where d.deploy_key_id = t.id and d.can_push order by routes.path) as listed)",
        true},
    ShownColumn{"expires_at", Kind::timestamp, "t.expires_at"},
    ShownColumn{"created_at", Kind::timestamp, "t.created_at"},
};

constexpr std::array kDeployKeyFilters{
    NamedCondition{
        "deploys_project",
        "t.id in (select deploy_key_id from deploy_keys_projects where project_id = {})"},
};

constexpr std::array kDeployKeyDependents{
    Dependents{
        "projects that deploy with it",
        {"deploy_key.deployments",
         "select count(*) from deploy_keys_projects where deploy_key_id = :id"}},
};

constexpr std::array kDeployKeyParts{Part{"deploy_keys_projects", "deploy_key_id"}};

constexpr std::array kProtectedBranchColumns{
    ShownColumn{"id", Kind::bigint, "t.id"},
    ShownColumn{
        "source", Kind::text, "case when t.project_id is null then 'group' else 'project' end"},
    ShownColumn{"path", Kind::text, "routes.path"},
    ShownColumn{"name", Kind::text, "t.name"},
    ShownColumn{"allow_force_push", Kind::boolean, "t.allow_force_push"},
    ShownColumn{
        "push",
        Kind::text,
        "(select '' || coalesce(cast(@list@(who) as text), '[]') from ("
        "select case when l.user_id is not null then 'user ' || users.username "
        "when l.group_id is not null then 'group ' || groups.path "
        "when l.deploy_key_id is not null then 'deploy key ' || l.deploy_key_id "
        "when l.access_level = 0 then 'no-one' when l.access_level = 30 then 'developer' "
        "when l.access_level = 40 then 'maintainer' else 'admin' end as who "
        "from protected_branch_push_access_levels as l "
        "left join users on users.id = l.user_id "
        "left join routes as groups on groups.source_namespace_id = l.group_id "
        "where l.protected_branch_id = t.id order by l.id) as listed)",
        true},
    ShownColumn{
        "merge",
        Kind::text,
        "(select '' || coalesce(cast(@list@(who) as text), '[]') from ("
        "select case when l.user_id is not null then 'user ' || users.username "
        "when l.group_id is not null then 'group ' || groups.path "
        "when l.access_level = 0 then 'no-one' when l.access_level = 30 then 'developer' "
        "when l.access_level = 40 then 'maintainer' else 'admin' end as who "
        "from protected_branch_merge_access_levels as l "
        "left join users on users.id = l.user_id "
        "left join routes as groups on groups.source_namespace_id = l.group_id "
        "where l.protected_branch_id = t.id order by l.id) as listed)",
        true},
    ShownColumn{"created_at", Kind::timestamp, "t.created_at"},
};

constexpr std::array kProtectedBranchParts{
    Part{"protected_branch_push_access_levels", "protected_branch_id"},
    Part{"protected_branch_merge_access_levels", "protected_branch_id"},
};

constexpr std::array kProtectedTagColumns{
    ShownColumn{"id", Kind::bigint, "t.id"},
    ShownColumn{"path", Kind::text, "routes.path"},
    ShownColumn{"name", Kind::text, "t.name"},
    ShownColumn{
        "create",
        Kind::text,
        "(select '' || coalesce(cast(@list@(who) as text), '[]') from ("
        "select case when l.user_id is not null then 'user ' || users.username "
        "when l.group_id is not null then 'group ' || groups.path "
        "when l.deploy_key_id is not null then 'deploy key ' || l.deploy_key_id "
        "when l.access_level = 0 then 'no-one' when l.access_level = 30 then 'developer' "
        "when l.access_level = 40 then 'maintainer' else 'admin' end as who "
        "from protected_tag_create_access_levels as l "
        "left join users on users.id = l.user_id "
        "left join routes as groups on groups.source_namespace_id = l.group_id "
        "where l.protected_tag_id = t.id order by l.id) as listed)",
        true},
    ShownColumn{"created_at", Kind::timestamp, "t.created_at"},
};

constexpr std::array kProtectedTagParts{
    Part{"protected_tag_create_access_levels", "protected_tag_id"},
};

constexpr std::array kBroadcastColumns{
    ShownColumn{"id", Kind::bigint, "t.id"},
    ShownColumn{"message", Kind::text, "t.message"},
    ShownColumn{"starts_at", Kind::timestamp, "t.starts_at"},
    ShownColumn{"ends_at", Kind::timestamp, "t.ends_at"},
    ShownColumn{
        "type", Kind::text, "case t.broadcast_type when 2 then 'notification' else 'banner' end"},
    ShownColumn{"show_in_cli", Kind::boolean, "t.show_in_cli"},
    ShownColumn{"target_path", Kind::text, "t.target_path"},
    ShownColumn{"target_access_levels", Kind::text, "t.target_access_levels", true},
};

constexpr std::array kJobColumns{
    ShownColumn{"id", Kind::bigint, "t.id"},
    ShownColumn{"state", Kind::text, "t.state"},
    ShownColumn{"gl_repository", Kind::text, "t.gl_repository"},
    ShownColumn{"project", Kind::text, "routes.path"},
    ShownColumn{"identifier", Kind::text, "t.identifier"},
    ShownColumn{"attempts", Kind::integer, "t.attempts"},
    ShownColumn{"run_at", Kind::timestamp, "t.run_at"},
    ShownColumn{"last_error", Kind::text, "t.last_error"},
    ShownColumn{"created_at", Kind::timestamp, "t.created_at"},
};

constexpr std::array kJobDetails{
    ShownColumn{"user", Kind::text, "users.username"},
    ShownColumn{"claimed_until", Kind::timestamp, "t.claimed_until"},
    ShownColumn{"changes", Kind::text, "t.changes"},
    ShownColumn{"push_options", Kind::text, "t.push_options"},
    ShownColumn{"new_default_branch", Kind::text, "t.new_default_branch"},
    ShownColumn{"correlation_id", Kind::text, "t.correlation_id"},
    ShownColumn{"last_output", Kind::text, "t.last_output"},
};

constexpr std::array kJobFilters{
    NamedCondition{"is_waiting", "t.state = 'waiting'"},
    NamedCondition{"is_running", "t.state = 'running'"},
    NamedCondition{"has_failed", "t.state = 'failed'"},
};

constexpr std::array kEntities{
    EntityQueries{
        .entity = EntityName::deploy_key,
        .table = "keys",
        .from = "keys as t left join users on users.id = t.user_id",
        .columns = kDeployKeyColumns,
        .condition = "t.type = 'DeployKey'",
        .called = "t.fingerprint_sha256 = replace(cast(:value as text), 'SHA256:', '')",
        .filters = kDeployKeyFilters,
        .dependents = kDeployKeyDependents,
        .parts = kDeployKeyParts,
    },
    EntityQueries{
        .entity = EntityName::protected_branch,
        .table = "protected_branches",
        .from = "protected_branches as t left join routes on "
                "routes.source_project_id = t.project_id or "
                "routes.source_namespace_id = t.namespace_id",
        .columns = kProtectedBranchColumns,
        .parts = kProtectedBranchParts,
    },
    EntityQueries{
        .entity = EntityName::protected_tag,
        .table = "protected_tags",
        .from = "protected_tags as t left join routes on routes.source_project_id = t.project_id",
        .columns = kProtectedTagColumns,
        .parts = kProtectedTagParts,
    },
    EntityQueries{
        .entity = EntityName::broadcast,
        .table = "broadcast_messages",
        .from = "broadcast_messages as t",
        .columns = kBroadcastColumns,
    },
    EntityQueries{
        .entity = EntityName::job,
        .table = "post_receive_jobs",
        .from = "post_receive_jobs as t left join users on users.id = t.user_id "
                "left join routes on routes.source_project_id = t.project_id",
        .columns = kJobColumns,
        .details = kJobDetails,
        .filters = kJobFilters,
    },
};

}  // namespace

std::span<const EntityQueries> git_entities() {
    return kEntities;
}

}  // namespace innergate::admin::rows
