#include "admin/entities/agent_row_options.hpp"

#include <array>

#include "admin/entities/row_fills.hpp"

namespace innergate::admin {
namespace {

using rows::EntityName;
using Need = AddOption::Need;

constexpr std::array kAgentAdd{
    AddOption{
        "--project",
        "Full path or id of the project with its configuration",
        Need::required,
        "project_id",
        fill_project},
    AddOption{
        "--name",
        "Name, as the folder .gitlab/agents/NAME has it: lower-case letters, digits, '-'",
        Need::required,
        "name",
        fill_text},
    AddOption{"--user", "Who made it", Need::optional, "created_by_user_id", fill_user},
};

constexpr std::array kAgentTokenAdd{
    AddOption{"--agent", "Id of the agent", Need::required, "agent_id", fill_agent},
    AddOption{"--name", "What it is for", Need::required, "name", fill_text},
    AddOption{"--description", "More about it", Need::optional, "description", fill_text},
    AddOption{"--user", "Who made it", Need::optional, "created_by_user_id", fill_user},
};

constexpr std::array kOfAgent{
    ListOption{"--project", "Only this project's", "project_id", EntityName::project},
};

constexpr std::array kOfAgentToken{
    ListOption{"--agent", "Only this agent's", "agent_id", EntityName::agent},
};

constexpr std::array kOfPolicy{
    ListOption{"--project", "Only this project's own", "project_id", EntityName::project},
    ListOption{"--group", "Only this group's own", "namespace_id", EntityName::group},
};

constexpr std::array kCommands{
    EntityCommands{
        EntityName::agent, "agent", "Agents in Kubernetes clusters", "id", kAgentAdd, kOfAgent},
    EntityCommands{
        EntityName::agent_token,
        "agent-token",
        "What an agent shows to the agent server",
        "id",
        kAgentTokenAdd,
        kOfAgentToken},
    // Its `add` is a command of its own: see policy_commands.
    EntityCommands{
        EntityName::policy,
        "policy",
        "Policy files, which tell agents when to scan",
        "id",
        {},
        kOfPolicy},
};

}  // namespace

std::span<const EntityCommands> agent_entity_commands() {
    return kCommands;
}

}  // namespace innergate::admin
