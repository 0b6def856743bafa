// `innergate-admin repository`: Git repositories of projects, wikis and snippets.
#pragma once

namespace CLI {
class App;
}

namespace innergate::admin {

struct Context;

/// `show` tells where a repository lies and how it is, `create` makes it and records that in its
/// row, `list` tells of all of them or of those that are not there.
void register_repository(CLI::App& app, Context& context);

}  // namespace innergate::admin
