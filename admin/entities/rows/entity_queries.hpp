// What the database is asked about the rows of day-to-day commands: which columns are shown, what a
// row is called by, what goes with it.
#pragma once

#include <span>
#include <string_view>

#include "admin/schema/schema_model.hpp"

#include "app/db/query.hpp"

namespace innergate::admin::rows {

enum class EntityName {
    user,
    group,
    project,
    member,
    key,
    token,
    ssh_certificate,
    deploy_key,
    protected_branch,
    protected_tag,
    broadcast,
    job,
    agent,
    agent_token,
    agent_event,
    usage,
    error_tracking_key,
    policy,
    any_namespace,  ///< a group or a personal one
    plan,
    subscription,
    add_on_purchase,
    compute_pack,
    storage_exclusion,
    reconciliation,
    saml_provider,
    scim_token,
    scim_identity,
};

struct ShownColumn {
    std::string_view name;
    Kind kind = Kind::text;
    std::string_view sql;  ///< `@list@` is the aggregate function that makes a JSON array
    bool holds_json_array = false;
};

/// What must not be lost by the way.
struct Dependents {
    std::string_view what;
    db::Query count;  ///< takes :id
};

/// Rows of another table that are made together with the row and name it.
struct Part {
    std::string_view table;
    std::string_view parent_column;
};

/// A condition on t that `list` can make; `{}` is the number it is made with.
struct NamedCondition {
    std::string_view name;
    std::string_view sql;
};

struct EntityQueries {
    EntityName entity;
    std::string_view table;
    std::string_view from;  ///< with the table as t
    std::span<const ShownColumn> columns;
    std::span<const ShownColumn> details = {};  ///< shown of a single row, behind the columns
    std::string_view condition = {};  ///< what makes a row of the table this entity; may be empty
    std::string_view called = {};     ///< whether t is called :value; empty: only by its id
    std::span<const NamedCondition> filters = {};  ///< besides the columns of the table
    std::span<const Dependents> dependents = {};
    std::span<const Part> parts = {};
    /// Takes :id, before the row itself goes; an empty text: nothing does.
    db::Query remove_first = {};
};

[[nodiscard]] const EntityQueries& queries_of(EntityName entity);

/// Those of git access: deploy keys, protections, broadcasts, jobs.
[[nodiscard]] std::span<const EntityQueries> git_entities();

/// Kubernetes agents, their tokens, what happened with them.
[[nodiscard]] std::span<const EntityQueries> agent_entities();

/// What kas counted.
[[nodiscard]] std::span<const EntityQueries> usage_entities();

/// The policies that tell agents when to scan.
[[nodiscard]] std::span<const EntityQueries> policy_entities();

/// Keys that programs send with their errors.
[[nodiscard]] std::span<const EntityQueries> error_tracking_entities();

/// Plans, and what the billing portal told of namespaces.
[[nodiscard]] std::span<const EntityQueries> billing_entities();

/// SCIM tokens and identities, groups' single sign-on.
[[nodiscard]] std::span<const EntityQueries> scim_entities();

}  // namespace innergate::admin::rows
