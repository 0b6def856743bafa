// What only the text of the migrations says about the schema: the kinds of columns that SQLite
// stores alike, the checks as they were written, the comments.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "admin/schema/schema_model.hpp"
#include "sql/migrations.hpp"

namespace innergate::admin {

struct DeclaredColumn {
    std::string name;
    Kind kind = Kind::text;
    bool is_identity = false;
    std::string generated_as;
    std::string comment;
};

struct DeclaredTable {
    std::string name;
    std::string comment;
    std::vector<DeclaredColumn> columns;
    std::vector<Check> checks;

    /// Null when no migration declares such a column.
    [[nodiscard]] const DeclaredColumn* find_column(std::string_view column) const;
};

/// Reads `CREATE TABLE` (a column or constraint begins a line of its own) and `ALTER TABLE … ADD
/// COLUMN`, which is how the migrations are written. Other statements are passed over. For a
/// migration that renames or drops what these declared, this function must be extended; a test that
/// compares with PostgreSQL's own catalogue says so. Throws std::logic_error for an unknown type.
[[nodiscard]] std::vector<DeclaredTable> declared_tables(std::span<const sql::Migration> migrations
);

/// One space between words, none inside the ends.
[[nodiscard]] std::string with_single_spaces(std::string_view sql);

/// The texts between the commas that stand in no parentheses.
[[nodiscard]] std::vector<std::string_view> split_at_commas(std::string_view sql);

/// From the parenthesis at `open` to the one that closes it, both excluded; quoted text is skipped.
[[nodiscard]] std::string_view inside_parentheses(std::string_view sql, std::size_t open);

}  // namespace innergate::admin
