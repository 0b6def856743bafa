// The rows for whoever operates the server. nginx passes them on from the internal listener only,
// those of the public pool too.
#pragma once

#include <span>

#include "app/routing/route.hpp"

namespace innergate::handlers::operations {

[[nodiscard]] std::span<const routing::Route> internal_routes();
[[nodiscard]] std::span<const routing::Route> public_routes();

}  // namespace innergate::handlers::operations
