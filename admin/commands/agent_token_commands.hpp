// `innergate-admin agent-token revoke`: the end of a token whose row stays.
#pragma once

namespace CLI {
class App;
}

namespace innergate::admin {

struct Context;
struct Entity;

/// `parent` is the command `agent-token`.
void register_agent_token_revocation(CLI::App& parent, Context& context, const Entity& entity);

}  // namespace innergate::admin
