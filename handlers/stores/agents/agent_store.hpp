// Agents themselves: who made them, and how the agent server reaches those that it calls.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/ids.hpp"

namespace innergate::db {
class Session;
}

namespace innergate::handlers {

struct AgentMaker {
    UserId id;
    /// Blocked or banned in whatever way, or waiting for approval.
    bool is_blocked = false;
    bool is_admin = false;
};

/// An agent that waits to be called. Certificates and keys in PEM, but the private key in base64.
struct ReceptiveAgent {
    AgentId id;
    std::string url;
    std::optional<std::string> ca_cert;
    std::optional<std::string> tls_host;
    std::optional<std::string> client_cert;
    std::optional<std::string> client_key;
    std::optional<std::string> private_key;
};

class AgentStore {
public:
    explicit AgentStore(db::Session& session) : session_(session) {}

    /// Nothing: nobody is known to have made it.
    [[nodiscard]] std::optional<AgentMaker> find_maker(AgentId agent_id);

    /// The agent's project. Nothing: no such agent.
    [[nodiscard]] std::optional<ProjectId> find_project(AgentId agent_id);

    /// The receptive agents whose configuration is active, in the order of their ids.
    [[nodiscard]] std::vector<ReceptiveAgent> list_receptive();

private:
    db::Session& session_;
};

}  // namespace innergate::handlers
