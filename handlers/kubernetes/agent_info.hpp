// GET /internal/kubernetes/agent_info: whose token is this, and where does its configuration lie?
#pragma once

#include <string>

#include "handlers/kubernetes/project_info.hpp"

namespace innergate::handlers::kubernetes {

struct AgentInfo {
    AgentId agent_id;
    std::string agent_name;
    ServedProject served;
};

/// The agent's project is told whatever its visibility. Errors: not_found when the agent was
/// removed since its token was looked up.
[[nodiscard]] Result<AgentInfo> agent_info(
    AgentProjectStore& projects,
    const auth::AgentCaller& agent,
    const settings::Settings& settings,
    const auth::GitalyTokens& gitaly_tokens
);

void write_json(json::Writer& writer, const AgentInfo& info);

}  // namespace innergate::handlers::kubernetes
