// `innergate-admin schema`: the tables and columns that import and export name.
#pragma once

namespace CLI {
class App;
}

namespace innergate::admin {

struct Context;

void register_schema(CLI::App& app, Context& context);

}  // namespace innergate::admin
