// Writes the database down in the form that import takes.
#pragma once

#include <ostream>
#include <string>
#include <vector>

#include "admin/commands/database.hpp"
#include <tl/expected.hpp>

namespace innergate::admin {

/// All tables, or the named ones, each by primary key, all of one moment. Generated columns are
/// left out; so are the routes that an import would derive, unless `routes` is named: a stale copy
/// of them would win over a path edited in the file. Of secrets there are only the stored digests.
///
/// Errors: a table that is not there; nothing is written then. Throws what db::Session throws.
[[nodiscard]] tl::expected<void, std::string> export_document(
    Database& database, const std::vector<std::string>& tables, std::ostream& out
);

}  // namespace innergate::admin
