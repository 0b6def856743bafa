// The commands on SCIM tokens and identities and on groups' single sign-on, as rows of the table of
// commands.
#pragma once

#include <span>

#include "admin/entities/row_options.hpp"

namespace innergate::admin {

[[nodiscard]] std::span<const EntityCommands> scim_entity_commands();

}  // namespace innergate::admin
