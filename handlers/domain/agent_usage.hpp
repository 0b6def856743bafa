// What the agent server reports of the use of agents, and what is kept of it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/clock.hpp"

namespace innergate::handlers::domain {

/// How much is added to a total. A negative number cannot be added.
struct Increment {
    std::string_view name;
    long long by = 0;
};

/// Somebody or something that was seen.
struct Sighting {
    std::string_view event;
    long long id = 0;
    /// The id is one of a user, and counts only if there is such a user.
    bool is_user = false;
};

struct UsageReport {
    std::vector<Increment> increments;
    std::vector<Sighting> sightings;
};

/// One thing that happened.
struct AgentEvent {
    std::string_view name;
    /// Nothing: the event is not about a user. If given, there must be such a user.
    std::optional<long long> user_id;
    /// There must be such a project.
    long long project_id = 0;
    std::optional<long long> agent_id;
    std::string properties = "{}";  ///< a JSON object
};

/// The name of the first increment that is below zero.
[[nodiscard]] std::optional<std::string_view> first_negative(
    const std::vector<Increment>& increments
);

/// Year and week of ISO 8601, `2025-07`: the time within which somebody is counted once.
[[nodiscard]] std::string iso_week(Timestamp time);

}  // namespace innergate::handlers::domain
