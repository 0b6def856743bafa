// What happened with agents: the events of their pages.
#pragma once

#include "app/ids.hpp"

namespace innergate::db {
class Session;
}

namespace innergate::handlers {

class AgentEventStore {
public:
    /// Of one agent; GitLab keeps as many.
    static constexpr int kKept = 200;

    explicit AgentEventStore(db::Session& session) : session_(session) {}

    /// Removes the older ones. To be called after each event that is added, in its transaction.
    void keep_newest(AgentId agent_id);

private:
    db::Session& session_;
};

}  // namespace innergate::handlers
