// The agent server's calls, in the name of the demo data's agent.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "tests/contract/contract_suite.hpp"

namespace innergate::test {

inline constexpr const char* kAgentToken = "glagent-innergate-demo-agent";
inline constexpr const char* kAgentInfo = "/api/v4/internal/kubernetes/agent_info";

struct AgentServer : InProcessServer {
    explicit AgentServer(TestDatabase& database)
        : InProcessServer(settings::PoolName::internal, database) {
        settings.storages["default"].gitaly_address = "unix:/run/gitaly.sock";
    }

    /// GET with these fields and a fresh token of kas.
    [[nodiscard]] http::Response ask(
        const std::string& target, std::vector<std::pair<std::string, std::string>> fields
    ) {
        fields.emplace_back("Gitlab-Kas-Api-Request", kas_jwt());
        return get(target, std::move(fields));
    }

    /// As kas 17 asks.
    [[nodiscard]] http::Response ask(const std::string& target) {
        return ask(target, {{"Authorization", std::string{"Bearer "} + kAgentToken}});
    }
};

}  // namespace innergate::test
