// The rows for those who operate the server. nginx passes them on from the internal listener only,
// even those of the public pool.
#pragma once

#include <span>

#include "app/routing/route.hpp"

namespace innergate::handlers::operations {

[[nodiscard]] std::span<const routing::Route> internal_routes();
[[nodiscard]] std::span<const routing::Route> public_routes();

}  // namespace innergate::handlers::operations
