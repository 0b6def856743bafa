// Agents themselves: who made them.
#pragma once

#include <optional>
#include <span>

#include "app/ids.hpp"

namespace innergate::db {
class Session;
struct Query;
}  // namespace innergate::db

namespace innergate::handlers {

struct AgentMaker {
    UserId id;
    /// Blocked or banned in whatever way, or waiting for approval.
    bool is_blocked = false;
    bool is_admin = false;
};

class AgentStore {
public:
    explicit AgentStore(db::Session& session) : session_(session) {}

    /// Every statement this store sends.
    [[nodiscard]] static std::span<const db::Query> queries();

    /// Nothing: nobody is known to have made it.
    [[nodiscard]] std::optional<AgentMaker> find_maker(AgentId agent_id);

private:
    db::Session& session_;
};

}  // namespace innergate::handlers
