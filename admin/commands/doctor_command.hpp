// `innergate-admin doctor`: what an installation still lacks.
#pragma once

namespace CLI {
class App;
}

namespace innergate::admin {

struct Context;

void register_doctor(CLI::App& app, Context& context);

}  // namespace innergate::admin
