// `innergate-admin ENTITY add|list|show|remove`, for all entities: users, groups,
// projects, keys, protections and so on.
#pragma once

namespace CLI {
class App;
}

namespace innergate::admin {

struct Context;

void register_rows(CLI::App& app, Context& context);

}  // namespace innergate::admin
