// innergate-admin agent events: what happened with an agent and its tokens.
#pragma once

#include "admin/entities/entity.hpp"

namespace CLI {
class App;
}

namespace innergate::admin {

struct Context;

/// Registers them below `parent`, the command on agents, which outlives them.
void register_agent_events(CLI::App& parent, Context& context, const Entity& entity);

}  // namespace innergate::admin
