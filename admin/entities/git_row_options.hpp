// The options of the commands on what git access is decided by: deploy keys, protected branches and
// tags, and the messages pushes show.
#pragma once

#include <span>

#include "admin/entities/row_options.hpp"

namespace innergate::admin {

[[nodiscard]] std::span<const EntityCommands> git_entity_commands();

}  // namespace innergate::admin
