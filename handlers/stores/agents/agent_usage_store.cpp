#include "handlers/stores/agents/agent_usage_store.hpp"

#include <algorithm>
#include <map>
#include <string>

#include "app/db/session.hpp"
#include "app/db/transaction.hpp"
#include "app/json/writer.hpp"

namespace innergate::handlers {
namespace {

// Lists travel as one JSON object whose members are numbered, because both databases read the
// members of an object with the same SQL. Rows are written in the order of their keys, so that two
// reports at once cannot wait for each other. A cross join makes SQLite go from the list to the
// table, even where it prefers another order.

// A total stays at 9223372036854775807 once it is there.
constexpr db::Query kAdd{
    "kas_counters.add",
    R"sql(
    insert into kas_counters (name, value, updated_at)
    select value ->> 'name', cast(value ->> 'by' as bigint), :now
      from json_each(:increments)
     where true
     order by 1
        on conflict (name) do update
       set value = case when kas_counters.value > 9223372036854775807 - excluded.value
                        then 9223372036854775807
                        else kas_counters.value + excluded.value end,
           updated_at = excluded.updated_at)sql",
    db::Access::write,
};

constexpr db::Query kSee{
    "kas_unique_events.see",
    R"sql(
    with given(event_name, entity_id, is_user) as (
        select value ->> 'event', cast(value ->> 'id' as bigint), cast(value ->> 'user' as integer)
          from json_each(:sightings)
    )
    insert into kas_unique_events (event_name, iso_week, entity_id)
    select given.event_name, :iso_week, given.entity_id
      from given
     where given.is_user = 0
        or exists (select 1 from users where users.id = given.entity_id)
     order by 1, 3
        on conflict (event_name, iso_week, entity_id) do nothing)sql",
    db::Access::write,
};

constexpr db::Query kRecord{
    "kas_events.record",
    R"sql(
    with given(number, name, user_id, project_id, agent_id, properties) as (
        select cast(key as integer), value ->> 'name', cast(value ->> 'user' as bigint),
               cast(value ->> 'project' as bigint), cast(value ->> 'agent' as bigint),
               value ->> 'properties'
          from json_each(:events)
    )
    insert into kas_events (name, user_id, project_id, agent_id, properties, created_at)
    select given.name, users.id, projects.id, given.agent_id, given.properties, :now
      from given
     cross join projects
      left join users on users.id = given.user_id
     where projects.id = given.project_id
       and (given.user_id is null
            or users.id is not null)
     order by given.number)sql",
    db::Access::write,
};

constexpr db::Query kSeeInEvents{
    "kas_unique_events.see_in_events",
    R"sql(
    with given(name, user_id, project_id) as (
        select value ->> 'name', cast(value ->> 'user' as bigint),
               cast(value ->> 'project' as bigint)
          from json_each(:events)
    )
    insert into kas_unique_events (event_name, iso_week, entity_id)
    select distinct given.name, :iso_week, coalesce(users.id, projects.id)
      from given
     cross join projects
      left join users on users.id = given.user_id
     where projects.id = given.project_id
       and (given.user_id is null
            or users.id is not null)
     order by 1, 3
        on conflict (event_name, iso_week, entity_id) do nothing)sql",
    db::Access::write,
};

constexpr db::Query kAddForEvents{
    "kas_counters.add_for_events",
    R"sql(
    with given(name, user_id, project_id) as (
        select value ->> 'name', cast(value ->> 'user' as bigint),
               cast(value ->> 'project' as bigint)
          from json_each(:events)
    )
    insert into kas_counters (name, value, updated_at)
    select given.name, count(*), :now
      from given
     cross join projects
     where projects.id = given.project_id
       and given.user_id is null
     group by given.name
     order by 1
        on conflict (name) do update
       set value = case when kas_counters.value > 9223372036854775807 - excluded.value
                        then 9223372036854775807
                        else kas_counters.value + excluded.value end,
           updated_at = excluded.updated_at)sql",
    db::Access::write,
};

/// `{"0":…,"1":…}` with what `write_members` writes of each element. Empty if there is none.
template <class Elements, class WriteMembers>
std::string numbered(const Elements& elements, const WriteMembers& write_members) {
    std::string text;
    if (elements.empty()) {
        return text;
    }
    json::Writer writer{text};
    writer.begin_object();
    std::size_t number = 0;
    for (const auto& element : elements) {
        writer.key(std::to_string(number++));
        writer.begin_object();
        write_members(writer, element);
        writer.end_object();
    }
    writer.end_object();
    return text;
}

/// A statement cannot write one row twice, so all increments of one total are added up first.
std::string as_rows(const std::vector<domain::Increment>& increments) {
    std::map<std::string_view, long long> sums;
    for (const domain::Increment& increment : increments) {
        if (increment.by > 0) {
            sums[increment.name] += increment.by;
        }
    }
    return numbered(sums, [](json::Writer& writer, const auto& sum) {
        writer.member("name", sum.first);
        writer.member("by", sum.second);
    });
}

std::string as_rows(const std::vector<domain::Sighting>& sightings) {
    return numbered(sightings, [](json::Writer& writer, const domain::Sighting& sighting) {
        writer.member("event", sighting.event);
        writer.member("id", sighting.id);
        writer.member("user", sighting.is_user ? 1 : 0);
    });
}

std::string as_rows(const std::vector<domain::AgentEvent>& events) {
    return numbered(events, [](json::Writer& writer, const domain::AgentEvent& event) {
        writer.member("name", event.name);
        writer.member("user", event.user_id);
        writer.member("project", event.project_id);
        writer.member("agent", event.agent_id);
        writer.member("properties", event.properties);
    });
}

}  // namespace

void AgentUsageStore::add(const domain::UsageReport& report, Timestamp now) {
    const std::string increments = as_rows(report.increments);
    const std::string sightings = as_rows(report.sightings);
    if (increments.empty() && sightings.empty()) {
        return;
    }
    const std::string week = domain::iso_week(now);
    db::Transaction transaction{session_};
    if (!increments.empty()) {
        session_.execute(kAdd, soci::use(increments, "increments"), soci::use(now, "now"));
    }
    if (!sightings.empty()) {
        session_.execute(kSee, soci::use(sightings, "sightings"), soci::use(week, "iso_week"));
    }
    transaction.commit();
}

void AgentUsageStore::record(const std::vector<domain::AgentEvent>& events, Timestamp now) {
    const std::string rows = as_rows(events);
    if (rows.empty()) {
        return;
    }
    const std::string week = domain::iso_week(now);
    db::Transaction transaction{session_};
    session_.execute(kRecord, soci::use(rows, "events"), soci::use(now, "now"));
    session_.execute(kSeeInEvents, soci::use(rows, "events"), soci::use(week, "iso_week"));
    if (std::ranges::any_of(events, [](const auto& event) { return !event.user_id; })) {
        session_.execute(kAddForEvents, soci::use(rows, "events"), soci::use(now, "now"));
    }
    transaction.commit();
}

}  // namespace innergate::handlers
