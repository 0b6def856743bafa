#include "handlers/kubernetes/agent_info.hpp"

#include <utility>

#include "app/settings/settings.hpp"

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
        served(std::move(configuration->project), settings.storages, gitaly_tokens),
        agent.id,
        std::move(configuration->agent_name),
    };
}

}  // namespace innergate::handlers::kubernetes
