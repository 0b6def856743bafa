// Reads a database's own account of its schema. All SQL of innergate-admin is in this folder, the
// only one of admin that includes SOCI: it is to the tool what the stores are to the handlers.
#pragma once

#include <span>

#include "admin/commands/database.hpp"
#include "admin/schema/schema_model.hpp"
#include "sql/migrations.hpp"

namespace innergate::admin::rows {

/// Tables, columns, keys and references as the database has them; comments, checks and what SQLite
/// does not know (the kinds it stores alike) as the migrations declare them. The migrator's own
/// table is left out. Throws std::logic_error when database and migrations name different columns.
[[nodiscard]] SchemaModel read_schema(
    Database& database, std::span<const sql::Migration> migrations = sql::migrations()
);

}  // namespace innergate::admin::rows
