// The rows for whoever operates the server; on the internal listener only.
#pragma once

#include <span>

#include "app/routing/route.hpp"

namespace innergate::handlers::operations {

[[nodiscard]] std::span<const routing::Route> routes();

}  // namespace innergate::handlers::operations
