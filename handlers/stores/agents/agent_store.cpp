#include "handlers/stores/agents/agent_store.hpp"

#include "app/db/session.hpp"

namespace innergate::handlers {
namespace {

constexpr auto kMaker = db::columns<AgentMaker>(
    db::column("users.id", &AgentMaker::id),
    db::flag("users.state not in ('active', 'deactivated')", &AgentMaker::is_blocked),
    db::flag("users.admin", &AgentMaker::is_admin)
);

constexpr auto kFindMaker = db::reading("cluster_agents.find_maker", "select", kMaker, R"sql(
      from cluster_agents as agents
      join users on users.id = agents.created_by_user_id
     where agents.id = :agent_id)sql");

constexpr db::Query kFindProject{"cluster_agents.find_project", R"sql(
    select project_id
      from cluster_agents
     where id = :agent_id)sql"};

constexpr auto kReceptive = db::columns<ReceptiveAgent>(
    db::column("agent_id", &ReceptiveAgent::id),
    db::column("url", &ReceptiveAgent::url),
    db::column("ca_cert", &ReceptiveAgent::ca_cert),
    db::column("tls_host", &ReceptiveAgent::tls_host),
    db::column("client_cert", &ReceptiveAgent::client_cert),
    db::column("client_key", &ReceptiveAgent::client_key),
    db::column("private_key", &ReceptiveAgent::private_key)
);

constexpr auto kListReceptive =
    db::reading("cluster_agent_url_configurations.list_active", "select", kReceptive, R"sql(
      from cluster_agent_url_configurations
     where status = 0
     order by agent_id)sql");

}  // namespace

std::optional<AgentMaker> AgentStore::find_maker(AgentId agent_id) {
    return session_.fetch_row(kFindMaker, soci::use(agent_id, "agent_id"));
}

std::optional<ProjectId> AgentStore::find_project(AgentId agent_id) {
    ProjectId project_id;
    const bool found = session_.fetch_one(
        kFindProject, soci::use(agent_id.value, "agent_id"), soci::into(project_id.value)
    );
    return found ? std::optional{project_id} : std::nullopt;
}

std::vector<ReceptiveAgent> AgentStore::list_receptive() {
    return session_.fetch_rows(kListReceptive);
}

}  // namespace innergate::handlers
