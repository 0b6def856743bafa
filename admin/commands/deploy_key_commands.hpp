// `innergate-admin deploy-key enable|disable`: for which projects a key is good.
#pragma once

namespace CLI {
class App;
}

namespace innergate::admin {

struct Context;
struct Entity;

/// `parent` is the command `deploy-key`.
void register_deployments(CLI::App& parent, Context& context, const Entity& entity);

}  // namespace innergate::admin
