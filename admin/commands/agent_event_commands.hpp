// innergate-admin agent events: what happened with an agent and its tokens.
#pragma once

#include "admin/entities/row_options.hpp"

namespace CLI {
class App;
}

namespace innergate::admin {

struct Context;

/// Below `parent`, the command on agents, whose `commands` outlive it.
void register_agent_events(CLI::App& parent, Context& context, const EntityCommands& commands);

}  // namespace innergate::admin
