// All statements of all stores, for tests that look at each of them.
#pragma once

#include <vector>

#include "app/db/query.hpp"

namespace innergate::handlers {

[[nodiscard]] std::vector<db::Query> all_queries();

}  // namespace innergate::handlers
