// The OpenAPI 3.1 document of a pool, generated from its path table.
#pragma once

#include <string>
#include <string_view>

#include "app/routing/path_table.hpp"

namespace innergate::routing {

/// Per route: parameters, bodies, answers with the schemas that the replies declare, the refusals
/// that its policy, its parameters and its body bring about, and its security schemes. `title`
/// names the pool.
[[nodiscard]] std::string openapi_document(const PathTable& table, std::string_view title);

}  // namespace innergate::routing
