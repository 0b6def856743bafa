#include "handlers/stores/agent_store.hpp"

#include <array>

#include "app/db/session.hpp"

namespace innergate::handlers {
namespace {

constexpr db::Query kFindMaker{"cluster_agents.find_maker", R"sql(
    select users.id, case when users.state in ('active', 'deactivated') then 0 else 1 end,
           case when users.admin then 1 else 0 end
      from cluster_agents as agents
      join users on users.id = agents.created_by_user_id
     where agents.id = :agent_id)sql"};

}  // namespace

std::span<const db::Query> AgentStore::queries() {
    static constexpr std::array kAll{kFindMaker};
    return kAll;
}

std::optional<AgentMaker> AgentStore::find_maker(AgentId agent_id) {
    AgentMaker maker;
    const bool found = session_.fetch_one(
        kFindMaker,
        soci::use(agent_id.value, "agent_id"),
        soci::into(maker.id.value),
        soci::into(maker.is_blocked),
        soci::into(maker.is_admin)
    );
    return found ? std::optional{maker} : std::nullopt;
}

}  // namespace innergate::handlers
