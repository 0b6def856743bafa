// Cells made into values of their columns, in the form both databases take.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "admin/import/import_document.hpp"
#include "admin/schema/schema_model.hpp"
#include <tl/expected.hpp>

#include "app/json/writer.hpp"

namespace innergate::admin {

/// Numbers as digits, booleans as `1` and `0`, times and dates in their one form. Nothing: NULL.
using Value = std::optional<std::string>;

struct ColumnFault {
    std::string column;
    std::string reason;
};

/// What follows from the columns of a row, or which of them is wrong.
using Derived = tl::expected<void, ColumnFault>;

/// Errors: of another type than the column, out of its range, NULL where none may be. The text is a
/// reason to show behind the name of the column.
[[nodiscard]] tl::expected<Value, std::string> to_value(
    const Cell& cell, const Table& table, const Column& column
);

/// The columns of one row that are given, in the order of the table.
class RowValues {
public:
    using Entry = std::pair<const Column*, Value>;

    explicit RowValues(const Table& table) : table_(&table) {}

    [[nodiscard]] const std::vector<Entry>& entries() const { return entries_; }
    /// Null when the column is not given; an empty value is NULL.
    [[nodiscard]] const Value* find(std::string_view column) const;
    /// `name` is that of one of the table's columns.
    void set(std::string_view name, Value value);
    void erase(std::string_view column);

    /// Appends the row as a JSON array of the given columns.
    void write(json::Writer& writer) const;

private:
    const Table* table_;
    std::vector<Entry> entries_;
};

/// Appends a value as JSON: numbers and booleans as numbers, the rest as strings.
void write_value(json::Writer& writer, Kind kind, const Value& value);

}  // namespace innergate::admin
