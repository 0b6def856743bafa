// The rows of upcoming reconciliations.
#pragma once

#include <span>

#include "app/routing/route.hpp"

namespace innergate::handlers::upcoming_reconciliations {

/// Those for the billing portal, which is all of them.
[[nodiscard]] std::span<const routing::Route> internal_routes();

}  // namespace innergate::handlers::upcoming_reconciliations
