// The commands on Kubernetes agents, their tokens and policies, as rows of the table of commands.
#pragma once

#include <span>

#include "admin/entities/row_options.hpp"

namespace innergate::admin {

[[nodiscard]] std::span<const EntityCommands> agent_entity_commands();

}  // namespace innergate::admin
