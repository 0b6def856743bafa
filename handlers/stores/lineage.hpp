// How statements go up and down the tree of namespaces. They use `union`, not `union all`, so that
// they end even if namespaces form a ring.
#pragma once

#include "app/db/sql.hpp"

namespace innergate::handlers {

/// The second half of a recursive part `lineage(id, parent_id)`: all that is above. The first half
/// says where to begin.
inline constexpr auto kAndAllAbove = db::sql(R"sql(
        union
        select parent.id, parent.parent_id
          from lineage
          join namespaces as parent on parent.id = lineage.parent_id)sql");

/// The groups above the project `:project_id`, for use with `in`. The database keeps them
/// (sql/migrations/0019_namespace_ancestors.sql).
inline constexpr auto kGroupsAboveProject = db::sql(R"sql(
               select ancestor_id
                 from namespace_ancestors
                where namespace_id = (select namespace_id from projects where id = :project_id))sql"
);

/// A recursive part `groups(id, type)`: the group `:group_id` and all that are below it. The type
/// comes from the parent: for a condition on the child alone SQLite would build a filter from the
/// whole table.
inline constexpr auto kGroupWithAllBelow = db::sql(R"sql(
    groups(id, type) as (
        select id, type from namespaces where id = :group_id
        union
        select child.id, child.type
          from groups
          join namespaces as child on child.parent_id = groups.id and child.type = groups.type
    ))sql");

}  // namespace innergate::handlers
