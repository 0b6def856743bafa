// The rows of the storage limit's exclusions.
#pragma once

#include <span>

#include "app/routing/route.hpp"

namespace innergate::handlers::storage {

/// Those under the public prefix, which is all of them.
[[nodiscard]] std::span<const routing::Route> public_routes();

}  // namespace innergate::handlers::storage
