// What the configuration file of an agent lets others do with it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/json/value.hpp"

namespace innergate::handlers::domain {

/// A project or group that may use the agent.
struct AgentGrant {
    std::string path;    ///< full path in lower case
    std::string config;  ///< a JSON object
};

/// Each path once in each list.
struct AgentGrants {
    std::vector<AgentGrant> ci_projects;
    std::vector<AgentGrant> ci_groups;
    std::vector<AgentGrant> user_projects;
    std::vector<AgentGrant> user_groups;
};

/// Reads `ci_access` and `user_access`, each with lists of `projects` and `groups`. The first 500
/// entries of a list count, as in GitLab. What is not of that form is left out. A grant to CI jobs
/// keeps the entry without its `id`, one to users keeps `access_as` of `user_access`.
[[nodiscard]] AgentGrants agent_grants(const json::Object& file);

/// Whether the full path is that of the root namespace or lies below it, without regard to case.
/// Agents serve their own root namespace only.
[[nodiscard]] bool is_within(std::string_view path, std::string_view root);

}  // namespace innergate::handlers::domain
