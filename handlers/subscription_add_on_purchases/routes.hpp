// The rows of the billing portal's endpoints about add-ons.
#pragma once

#include <span>

#include "app/routing/route.hpp"

namespace innergate::handlers::subscription_add_on_purchases {

/// All of them are under the public prefix.
[[nodiscard]] std::span<const routing::Route> public_routes();

}  // namespace innergate::handlers::subscription_add_on_purchases
