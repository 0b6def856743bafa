// What the commands on projects' rows need of repositories.
#pragma once

#include <string>
#include <string_view>

namespace innergate::admin {
struct Context;
}

namespace innergate::admin::repository {

/// Where the repository of that project lies in its storage. `disk_path` is the row's; empty: it
/// has none.
[[nodiscard]] std::string relative_path_of_project(long long id, std::string_view disk_path);

/// Makes the repository of a project whose row is there, and records that in the row. False: it
/// could not be made, the project stays without one, and context.fail() was called.
[[nodiscard]] bool create_for_project(Context& context, long long id);

}  // namespace innergate::admin::repository
