// `innergate-admin policy add`: a policy file for a project or a group. It takes the place of
// the file in a Git repository, so it is checked before it is kept.
#pragma once

namespace CLI {
class App;
}

namespace innergate::admin {

struct Context;
struct Entity;

/// `parent` is the command `policy`.
void register_policy_add(CLI::App& parent, Context& context, const Entity& entity);

}  // namespace innergate::admin
