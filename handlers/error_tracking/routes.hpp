// What the error tracking service calls, below /api/v4/internal/error_tracking.
#pragma once

#include <span>

#include "app/routing/route.hpp"

namespace innergate::handlers::error_tracking {

[[nodiscard]] std::span<const routing::Route> routes();

}  // namespace innergate::handlers::error_tracking
