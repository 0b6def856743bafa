// `innergate-admin export`: the database as a document that import takes.
#pragma once

namespace CLI {
class App;
}

namespace innergate::admin {

struct Context;

void register_export(CLI::App& app, Context& context);

}  // namespace innergate::admin
