// The tree of namespaces and projects with their routes, read whole.
#pragma once

#include <string_view>
#include <vector>

#include "admin/commands/database.hpp"
#include "admin/schema/route_paths.hpp"

namespace innergate::admin::rows {

/// As the column source_type spells it.
[[nodiscard]] std::string_view to_string(SourceType type);

[[nodiscard]] RouteTree read_route_tree(Database& database);

/// Gives the routes that are about to change paths nobody has, so that two may swap theirs.
void clear_paths(Database& database, const std::vector<RouteChange>& changes);

/// Earlier paths that still lead somewhere.
[[nodiscard]] std::vector<KnownRedirect> read_redirects(Database& database);
void remove_redirects(Database& database, const std::vector<long long>& ids);

}  // namespace innergate::admin::rows
