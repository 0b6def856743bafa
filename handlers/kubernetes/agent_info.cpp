#include "handlers/kubernetes/agent_info.hpp"

#include <utility>

namespace innergate::handlers::kubernetes {

Result<AgentInfo> agent_info(
    AgentProjectStore& projects,
    const auth::AgentCaller& agent,
    const settings::Settings& settings,
    const auth::GitalyTokens& gitaly_tokens
) {
    auto configuration = projects.find_configuration(agent.id);
    if (!configuration) {
        return failure(ErrorCode::not_found, "404 Not Found", "agent is gone");
    }
    return AgentInfo{
        .agent_id = agent.id,
        .agent_name = std::move(configuration->agent_name),
        .served = served(std::move(configuration->project), settings.storages, gitaly_tokens),
    };
}

void write_json(json::Writer& writer, const AgentInfo& info) {
    writer.begin_object();
    writer.member("project_id", info.served.project.facts.id.value);
    writer.member("agent_id", info.agent_id.value);
    writer.member("agent_name", info.agent_name);
    write_members(writer, info.served);
    writer.end_object();
}

}  // namespace innergate::handlers::kubernetes
