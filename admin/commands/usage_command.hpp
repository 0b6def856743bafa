// `innergate-admin usage`: what the Kubernetes agent server counted.
#pragma once

namespace CLI {
class App;
}

namespace innergate::admin {

struct Context;

void register_usage(CLI::App& app, Context& context);

}  // namespace innergate::admin
