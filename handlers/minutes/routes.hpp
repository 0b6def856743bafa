// The rows of the endpoints for bought compute minutes.
#pragma once

#include <span>

#include "app/routing/route.hpp"

namespace innergate::handlers::minutes {

/// All of them are under the public prefix.
[[nodiscard]] std::span<const routing::Route> public_routes();

}  // namespace innergate::handlers::minutes
