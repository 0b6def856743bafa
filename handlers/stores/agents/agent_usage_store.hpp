// Totals, weekly sets and single events of agents' use.
#pragma once

#include <vector>

#include "app/clock.hpp"
#include "handlers/domain/agent_usage.hpp"

namespace innergate::db {
class Session;
}

namespace innergate::handlers {

class AgentUsageStore {
public:
    explicit AgentUsageStore(db::Session& session) : session_(session) {}

    /// All of the report or nothing. Totals stay at the largest number there is; sightings count
    /// once a week. The increments are not negative.
    void add(const domain::UsageReport& report, Timestamp now);

    /// All of the events or none; those that name a user or project that does not exist are left
    /// out. Users are counted as seen under their event's name. An event without a user counts on
    /// the total of its name, and its project as seen.
    void record(const std::vector<domain::AgentEvent>& events, Timestamp now);

private:
    db::Session& session_;
};

}  // namespace innergate::handlers
