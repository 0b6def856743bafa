// The rows of the billing portal's endpoints for namespaces.
#pragma once

#include <span>

#include "app/routing/route.hpp"

namespace innergate::handlers::namespaces {

/// Those under the internal prefix.
[[nodiscard]] std::span<const routing::Route> internal_routes();

}  // namespace innergate::handlers::namespaces
