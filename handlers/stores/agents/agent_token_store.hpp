// Tokens of Kubernetes agents, by digest only.
#pragma once

#include <optional>
#include <string>

#include "app/clock.hpp"
#include "app/ids.hpp"

namespace innergate::db {
class Session;
}

namespace innergate::handlers {

struct AgentToken {
    AgentTokenId id;
    AgentId agent_id;
    ProjectId project_id;  ///< the agent's own
    std::optional<Timestamp> last_used_at;
};

class AgentTokenStore {
public:
    explicit AgentTokenStore(db::Session& session) : session_(session) {}

    /// Does not find a token that was revoked.
    [[nodiscard]] std::optional<AgentToken> find_active(const std::string& digest);

    /// A use is remembered every 40 minutes, as GitLab does.
    [[nodiscard]] static bool is_use_to_remember(const AgentToken& token, Timestamp now);

    /// Writes nothing when another use was remembered meanwhile. A use after an hour of silence
    /// means that the agent has connected. That is an event of the agent's page, which keeps the
    /// newest 200. To be called in a transaction.
    void remember_use(const AgentToken& token, Timestamp now);

private:
    db::Session& session_;
};

}  // namespace innergate::handlers
