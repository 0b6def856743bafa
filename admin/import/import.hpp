// Imports a document into the database, all of it or nothing.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "admin/commands/database.hpp"
#include "admin/entities/derived_columns.hpp"
#include "admin/import/importer.hpp"
#include <tl/expected.hpp>

namespace innergate::admin {

/// Reads the document twice: before the database is touched for its syntax and for the ids it gives
/// (numbers for rows without one follow them), then row by row into the database.
///
/// Errors: one line with the position in `file_name`, table, row, column and reason. Throws what
/// db::Session throws when the database cannot serve. After either nothing is changed.
[[nodiscard]] tl::expected<std::vector<TableCount>, std::string> import_document(
    Database& database,
    std::string_view document,
    std::string_view file_name,
    const KeyBase& key_base,
    const Importer::Progress& progress = {}
);

}  // namespace innergate::admin
