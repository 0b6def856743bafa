// What happened with agents: the events of their pages.
#pragma once

#include "app/ids.hpp"

namespace innergate::db {
class Session;
}

namespace innergate::handlers {

class AgentEventStore {
public:
    /// How many events of one agent are kept, as in GitLab.
    static constexpr int kKept = 200;

    explicit AgentEventStore(db::Session& session) : session_(session) {}

    /// Removes the older events. To be called after each event that is added, in its transaction.
    void keep_newest(AgentId agent_id);

private:
    db::Session& session_;
};

}  // namespace innergate::handlers
