// `innergate-admin error-tracking`: the instance's switch and the token of the service.
#pragma once

namespace CLI {
class App;
}

namespace innergate::admin {

struct Context;

void register_error_tracking(CLI::App& app, Context& context);

}  // namespace innergate::admin
