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

    /// Adds all of the report or nothing. A total that reaches the largest number stays there.
    /// Sightings count once a week. The increments must not be negative.
    void add(const domain::UsageReport& report, Timestamp now);

    /// Records all of the events or none, without those that name a user or project that does not
    /// exist. Users are counted as seen under their event's name. An event without a user adds to
    /// the total of its name, and its project counts as seen.
    void record(const std::vector<domain::AgentEvent>& events, Timestamp now);

private:
    db::Session& session_;
};

}  // namespace innergate::handlers
