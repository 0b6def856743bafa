// The rows of SCIM: the same below a group and below the instance.
#pragma once

#include <span>

#include "app/routing/route.hpp"

namespace innergate::handlers::scim {

/// Below `/api/scim/v2/groups/…`, with tokens of the group.
[[nodiscard]] std::span<const routing::Route> group_routes();

/// Below `/api/scim/v2/application`, with tokens of the instance.
[[nodiscard]] std::span<const routing::Route> instance_routes();

}  // namespace innergate::handlers::scim
