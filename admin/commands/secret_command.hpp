// `innergate-admin secret`: makes the files of the shared secrets.
#pragma once

namespace CLI {
class App;
}

namespace innergate::admin {

struct Context;

void register_secret(CLI::App& app, Context& context);

}  // namespace innergate::admin
