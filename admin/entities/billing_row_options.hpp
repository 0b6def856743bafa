// What operators may ask about plans and what the billing portal told of namespaces.
#pragma once

#include <span>

#include "admin/entities/row_options.hpp"

namespace innergate::admin {

[[nodiscard]] std::span<const EntityCommands> billing_entity_commands();

}  // namespace innergate::admin
