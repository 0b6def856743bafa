// Which column a refused statement was about, and why: the databases say it in their own words.
#pragma once

#include <string>

#include "admin/commands/database.hpp"
#include "admin/schema/schema_model.hpp"

#include "app/db/errors.hpp"

namespace innergate::admin::rows {

struct Violation {
    std::string column;  ///< several are joined by ", "; empty: not known
    std::string reason;
};

/// On PostgreSQL it asks the catalogue, so the failed statement must be rolled back already.
[[nodiscard]] Violation explain(
    Database& database, const Table& table, const db::QueryError& error
);

/// The column that a person wrote: the one of that name or, where that is generated, the one it is
/// made from.
[[nodiscard]] std::string written_column(const Table& table, const std::string& name);

}  // namespace innergate::admin::rows
