// The rows of the billing portal's endpoints.
#pragma once

#include <span>

#include "app/routing/route.hpp"

namespace innergate::handlers::subscriptions {

/// Those for the internal load balancer.
[[nodiscard]] std::span<const routing::Route> internal_routes();

/// Those under the public prefix.
[[nodiscard]] std::span<const routing::Route> public_routes();

}  // namespace innergate::handlers::subscriptions
