// GET /internal/kubernetes/agent_info: whose token is this, and where does its configuration lie?
#pragma once

#include <string>

#include "app/json/shape.hpp"
#include "handlers/kubernetes/project_info.hpp"

namespace innergate::handlers::kubernetes {

/// With the project in which the agent is configured.
struct AgentInfo : ServedProject {
    AgentId agent_id;
    std::string agent_name;
};

constexpr auto shape_of(std::type_identity<AgentInfo> /*type*/) {
    return shape::object<AgentInfo>(
        shape::member(
            "project_id", &AgentInfo::id, "The id of the project in which the agent is configured"
        ),
        shape::member("agent_id", &AgentInfo::agent_id, "The agent's id"),
        shape::member("agent_name", &AgentInfo::agent_name, "The agent's name"),
        detail::gitaly_info(),
        detail::gitaly_repository(),
        detail::default_branch()
    );
}

/// The agent's project is told whatever its visibility. Errors: not_found when the agent was
/// removed since its token was looked up.
[[nodiscard]] Result<AgentInfo> agent_info(
    AgentProjectStore& projects,
    const auth::AgentCaller& agent,
    const settings::Settings& settings,
    const auth::GitalyTokens& gitaly_tokens
);

}  // namespace innergate::handlers::kubernetes
