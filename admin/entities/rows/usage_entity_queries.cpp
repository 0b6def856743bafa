#include <array>

#include "admin/entities/rows/entity_queries.hpp"

namespace innergate::admin::rows {
namespace {

constexpr std::array kUsageColumns{
    ShownColumn{"event", Kind::text, "t.event"},
    ShownColumn{"week", Kind::text, "nullif(t.week, '')"},
    ShownColumn{"total", Kind::bigint, "case when t.week = '' then t.number end"},
    ShownColumn{"distinct_ids", Kind::bigint, "case when t.week <> '' then t.number end"},
    ShownColumn{"updated_at", Kind::timestamp, "t.updated_at"},
};

constexpr std::array kEntities{
    // An event's total, then its weeks; the number of its first row stands for the event.
    EntityQueries{
        .entity = EntityName::usage,
        .table = "kas_counters",
        .from = "(select row_number() over (order by event, week) as id, "
                "rank() over (order by event) as event_number, event, week, number, updated_at "
                "from (select name as event, '' as week, value as number, updated_at "
                "from kas_counters union all "
                "select event_name, iso_week, count(*), null from kas_unique_events "
                "group by event_name, iso_week) as counted) as t",
        .columns = kUsageColumns,
        .called = "t.event = cast(:value as text)",
    },
};

}  // namespace

std::span<const EntityQueries> usage_entities() {
    return kEntities;
}

}  // namespace innergate::admin::rows
