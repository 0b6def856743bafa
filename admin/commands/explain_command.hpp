// `innergate-admin explain`: why may, or may not, this key do that?
#pragma once

namespace CLI {
class App;
}

namespace innergate::admin {
struct Context;
}

namespace innergate::programs {

/// `explain allowed`: makes the access decision of POST /internal/allowed without its side effects,
/// and shows the rules in the order in which they were looked at, with the facts each rests on.
/// Exit status 0 whatever the decision is.
void register_explain(CLI::App& app, admin::Context& context);

}  // namespace innergate::programs
