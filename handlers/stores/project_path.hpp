// How statements find a project by its path.
#pragma once

#include "app/db/sql.hpp"

namespace innergate::handlers {

/// Two values for `coalesce`: the id of the project that has the full path `:path`, and of the one
/// that had it before. Either is null where there is none.
inline constexpr auto kProjectOfPath = db::sql(R"sql(
               (select source_id
                  from routes
                 where lower(path) = lower(:path)
                   and source_type = 'Project'),
               (select source_id
                  from redirect_routes
                 where lower(path) = lower(:path)
                   and source_type = 'Project'))sql");

}  // namespace innergate::handlers
