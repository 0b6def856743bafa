// Tables, columns, keys and references of a database as plain values, the same from either
// database. Reading them is rows/catalog's.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace innergate::admin {

/// What a column holds; SQLite stores some of them alike, the import tells them apart everywhere.
enum class Kind { bigint, integer, smallint, boolean, text, date, timestamp };

[[nodiscard]] std::string_view to_string(Kind kind);

struct Column {
    std::string name;
    Kind kind = Kind::text;
    bool is_nullable = true;
    bool is_identity = false;             ///< the database numbers the rows
    std::optional<std::string> fallback;  ///< the default as SQL; "now" for the current time
    std::string generated_as;             ///< SQL of a stored generated column, else empty
    std::string comment;

    [[nodiscard]] bool is_generated() const { return !generated_as.empty(); }

    friend bool operator==(const Column&, const Column&) = default;
};

struct ForeignKey {
    std::string column;
    std::string parent_table;
    std::string parent_column;
    std::string on_delete;  ///< "cascade", "set null" or "no action"

    friend bool operator==(const ForeignKey&, const ForeignKey&) = default;
};

struct Index {
    std::string name;  ///< empty: of a UNIQUE constraint, which each database names its own way
    bool is_unique = false;
    /// Columns, `lower(column)` or `COALESCE(column, 0)`.
    std::vector<std::string> parts;
    std::string predicate;  ///< of a partial index, else empty

    friend bool operator==(const Index&, const Index&) = default;
};

/// `path` in the parts `path`, `lower(path)` and `COALESCE(path, 0)`.
[[nodiscard]] std::string column_of_part(std::string_view part);

/// Whether NULL is a value like others in that part: `COALESCE(group_id, 0)`.
[[nodiscard]] bool is_null_a_value_in(std::string_view part);

struct Check {
    std::vector<std::string> columns;
    std::string expression;

    friend bool operator==(const Check&, const Check&) = default;
};

struct Table {
    std::string name;
    std::string comment;
    std::vector<Column> columns;
    std::vector<std::string> primary_key;
    std::vector<ForeignKey> foreign_keys;
    std::vector<Index> indexes;
    std::vector<Check> checks;

    /// Null when there is no such column.
    [[nodiscard]] const Column* find_column(std::string_view column) const;

    friend bool operator==(const Table&, const Table&) = default;
};

struct SchemaModel {
    std::vector<Table> tables;  ///< in the order of the migrations

    /// Null when there is no such table.
    [[nodiscard]] const Table* find_table(std::string_view name) const;

    friend bool operator==(const SchemaModel&, const SchemaModel&) = default;
};

}  // namespace innergate::admin
