// `innergate-admin jobs list|show|retry|drop|run`: what pushes left to be done.
#pragma once

namespace CLI {
class App;
}

namespace innergate::admin {

struct Context;

void register_jobs(CLI::App& app, Context& context);

}  // namespace innergate::admin
