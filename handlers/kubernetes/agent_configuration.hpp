// POST /internal/kubernetes/agent_configuration: an agent's configuration file changed.
#pragma once

#include <optional>

#include "app/error.hpp"
#include "app/json/value.hpp"
#include "app/params/schema.hpp"
#include "app/routing/reply.hpp"
#include "handlers/stores/agents/agent_authorization_store.hpp"

namespace innergate::handlers::kubernetes {

/// An object, or a text that holds one.
struct ConfigurationFile {
    json::Object members;
};
[[nodiscard]] std::optional<ConfigurationFile> coerce(
    const json::Value& value, std::type_identity<ConfigurationFile> type
);

struct AgentConfigurationRequest {
    std::optional<params::RubyInteger> agent_id;
    std::optional<ConfigurationFile> agent_config;
};

}  // namespace innergate::handlers::kubernetes

namespace innergate::params {
template <>
inline constexpr Type kTypeOf<handlers::kubernetes::ConfigurationFile> = Type::object;
}  // namespace innergate::params

namespace innergate::handlers::kubernetes {

inline constexpr auto kAgentConfigurationParams = params::schema<AgentConfigurationRequest>(
    params::present("agent_id", &AgentConfigurationRequest::agent_id, "Id of the agent"),
    params::present(
        "agent_config", &AgentConfigurationRequest::agent_config, "The file, as an object"
    )
);

/// The file decides who may use the agent from now on; kas sends it with each commit that changes
/// it. Errors: not_found for an unknown agent.
[[nodiscard]] Result<routing::NoContent> agent_configuration(
    const AgentConfigurationRequest& request, AgentAuthorizationStore& authorizations
);

}  // namespace innergate::handlers::kubernetes
