// `innergate-admin migrate`: the schema brought up to date, or looked at.
#pragma once

namespace CLI {
class App;
}

namespace innergate::admin {

struct Context;

void register_migrate(CLI::App& app, Context& context);

}  // namespace innergate::admin
