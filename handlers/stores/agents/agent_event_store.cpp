#include "handlers/stores/agents/agent_event_store.hpp"

#include "app/db/session.hpp"

namespace innergate::handlers {
namespace {

constexpr db::Query kKeepNewest{
    "agent_activity_events.keep_newest",
    R"sql(
    delete from agent_activity_events
     where agent_id = :agent_id
       and id <= (
               select id
                 from agent_activity_events
                where agent_id = :agent_id
                order by id desc
                limit 1 offset :kept
           ))sql",
    db::Access::write,
};

}  // namespace

void AgentEventStore::keep_newest(AgentId agent_id) {
    const int kept = kKept;
    session_.execute(kKeepNewest, soci::use(agent_id.value, "agent_id"), soci::use(kept, "kept"));
}

}  // namespace innergate::handlers
