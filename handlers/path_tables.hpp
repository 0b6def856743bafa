// The two path tables: which areas of the API each pool serves.
#pragma once

#include <string>

#include "app/routing/path_table.hpp"
#include "app/settings/pool_name.hpp"

namespace innergate::handlers {

/// The public pool's table holds no internal row at all: a path that slips past nginx finds
/// nothing.
[[nodiscard]] routing::PathTable path_table(settings::PoolName pool);

/// The OpenAPI document of that table.
[[nodiscard]] std::string openapi_document(settings::PoolName pool);

}  // namespace innergate::handlers
