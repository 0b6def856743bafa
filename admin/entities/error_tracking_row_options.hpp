// The commands on keys of error tracking, as rows of the table of commands.
#pragma once

#include <span>

#include "admin/entities/row_options.hpp"

namespace innergate::admin {

[[nodiscard]] std::span<const EntityCommands> error_tracking_entity_commands();

}  // namespace innergate::admin
