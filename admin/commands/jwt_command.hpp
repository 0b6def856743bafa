// `innergate-admin jwt`: tokens for trying the internal API with curl.
#pragma once

namespace CLI {
class App;
}

namespace innergate::admin {

struct Context;

void register_jwt(CLI::App& app, Context& context);

}  // namespace innergate::admin
