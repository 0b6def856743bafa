// `innergate-admin jobs run`: the process that does the jobs.
#pragma once

namespace CLI {
class App;
}

namespace innergate::admin {

struct Context;

/// `parent` is the command `jobs`.
void register_jobs_run(CLI::App& parent, Context& context);

}  // namespace innergate::admin
