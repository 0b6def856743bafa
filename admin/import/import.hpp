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

/// Reads the document twice. First, before the database is touched, it checks the syntax and finds
/// the ids that are given (numbers for rows without one follow them). Then it writes row by row
/// into the database.
///
/// Errors: one line with the position in `file_name`, table, row, column and reason. Throws what
/// db::Session throws when the database cannot serve. After an error of any kind nothing is
/// changed.
[[nodiscard]] tl::expected<std::vector<TableCount>, std::string> import_document(
    Database& database,
    std::string_view document,
    std::string_view file_name,
    const KeyBase& key_base,
    const Importer::Progress& progress = {}
);

}  // namespace innergate::admin
