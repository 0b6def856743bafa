// The rows of the billing portal's endpoints about users.
#pragma once

#include <span>

#include "app/routing/route.hpp"

namespace innergate::handlers::users {

/// All of them are internal.
[[nodiscard]] std::span<const routing::Route> internal_routes();

}  // namespace innergate::handlers::users
