// `innergate-admin import`: a document of rows into the database.
#pragma once

namespace CLI {
class App;
}

namespace innergate::admin {

struct Context;

void register_import(CLI::App& app, Context& context);

}  // namespace innergate::admin
