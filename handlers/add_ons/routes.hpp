// The rows of the billing portal's endpoints about add-ons.
#pragma once

#include <span>

#include "app/routing/route.hpp"

namespace innergate::handlers::add_ons {

/// All of them are under the public prefix.
[[nodiscard]] std::span<const routing::Route> public_routes();

}  // namespace innergate::handlers::add_ons
