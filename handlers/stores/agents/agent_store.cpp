#include "handlers/stores/agents/agent_store.hpp"

#include "app/db/session.hpp"

namespace innergate::handlers {
namespace {

constexpr db::Query kFindMaker{"cluster_agents.find_maker", R"sql(
    select users.id, case when users.state in ('active', 'deactivated') then 0 else 1 end,
           case when users.admin then 1 else 0 end
      from cluster_agents as agents
      join users on users.id = agents.created_by_user_id
     where agents.id = :agent_id)sql"};

constexpr db::Query kFindProject{"cluster_agents.find_project", R"sql(
    select project_id
      from cluster_agents
     where id = :agent_id)sql"};

constexpr db::Query kListReceptive{"cluster_agent_url_configurations.list_active", R"sql(
    select agent_id, url, ca_cert, tls_host, client_cert, client_key, private_key
      from cluster_agent_url_configurations
     where status = 0
     order by agent_id)sql"};

}  // namespace

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

std::optional<ProjectId> AgentStore::find_project(AgentId agent_id) {
    ProjectId project_id;
    const bool found = session_.fetch_one(
        kFindProject, soci::use(agent_id.value, "agent_id"), soci::into(project_id.value)
    );
    return found ? std::optional{project_id} : std::nullopt;
}

std::vector<ReceptiveAgent> AgentStore::list_receptive() {
    std::vector<ReceptiveAgent> agents;
    ReceptiveAgent agent;
    session_.fetch_each(
        kListReceptive,
        [&] { agents.push_back(agent); },
        soci::into(agent.id.value),
        soci::into(agent.url),
        soci::into(agent.ca_cert),
        soci::into(agent.tls_host),
        soci::into(agent.client_cert),
        soci::into(agent.client_key),
        soci::into(agent.private_key)
    );
    return agents;
}

}  // namespace innergate::handlers
