// `innergate-admin settings`: what can be configured, for people.
#pragma once

namespace CLI {
class App;
}

namespace innergate::admin {

struct Context;

void register_settings(CLI::App& app, Context& context);

}  // namespace innergate::admin
