// GET /internal/kubernetes/receptive_agents: which agents is kas to call, and how?
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/error.hpp"
#include "app/json/shape.hpp"
#include "app/settings/features.hpp"
#include "handlers/stores/agents/agent_store.hpp"

namespace innergate::handlers::kubernetes {

/// The key with which kas signs tokens for the agent.
struct AgentJwt {
    const std::string& private_key;
};

constexpr auto shape_of(std::type_identity<AgentJwt> /*type*/) {
    return shape::object<AgentJwt>(shape::member(
        "private_key",
        [](const AgentJwt& jwt) -> const auto& { return jwt.private_key; },
        "An Ed25519 key, in base64"
    ));
}

/// What kas shows to the agent.
struct AgentMtls {
    const std::string& client_key;
    const std::string& client_cert;
};

constexpr auto shape_of(std::type_identity<AgentMtls> /*type*/) {
    return shape::object<AgentMtls>(
        shape::member(
            "client_key",
            [](const AgentMtls& mtls) -> const auto& { return mtls.client_key; },
            "The private key, in PEM"
        ),
        shape::member(
            "client_cert",
            [](const AgentMtls& mtls) -> const auto& { return mtls.client_cert; },
            "The certificate, in PEM"
        )
    );
}

}  // namespace innergate::handlers::kubernetes

namespace innergate::handlers {

constexpr auto shape_of(std::type_identity<ReceptiveAgent> /*type*/) {
    return shape::object<ReceptiveAgent>(
        shape::member("id", &ReceptiveAgent::id, "The agent's id"),
        shape::member("url", &ReceptiveAgent::url, "Where it is to be called"),
        shape::member(
            "ca_cert",
            &ReceptiveAgent::ca_cert,
            "The certificate of the authority that kas is to trust, in PEM, where one is set"
        ),
        shape::member(
            "tls_host",
            &ReceptiveAgent::tls_host,
            "The host name to expect in the agent's certificate, where one is set"
        ),
        shape::member(
            "jwt",
            [](const ReceptiveAgent& agent) {
                using Jwt = std::optional<kubernetes::AgentJwt>;
                return agent.private_key ? Jwt{kubernetes::AgentJwt{*agent.private_key}} : Jwt{};
            },
            "With what kas signs tokens for the agent, where it does"
        ),
        shape::member(
            "mtls",
            [](const ReceptiveAgent& agent) {
                using Mtls = std::optional<kubernetes::AgentMtls>;
                return agent.client_key && agent.client_cert
                           ? Mtls{kubernetes::AgentMtls{*agent.client_key, *agent.client_cert}}
                           : Mtls{};
            },
            "The certificate that kas shows to the agent, where there is one"
        )
    );
}

}  // namespace innergate::handlers

namespace innergate::handlers::kubernetes {

struct ReceptiveAgents {
    std::vector<ReceptiveAgent> agents;
};

constexpr auto shape_of(std::type_identity<ReceptiveAgents> /*type*/) {
    return shape::object<ReceptiveAgents>(
        shape::member("agents", &ReceptiveAgents::agents, "Those that wait to be called, by id")
    );
}

/// Errors: not_found where the feature is off, which kas takes for "no agents".
[[nodiscard]] Result<ReceptiveAgents> receptive_agents(
    AgentStore& agents, const settings::Features& features
);

}  // namespace innergate::handlers::kubernetes
