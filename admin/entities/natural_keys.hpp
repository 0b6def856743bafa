// How a row without its primary key is recognised.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "admin/entities/column_value.hpp"
#include "admin/entities/rows/table_rows.hpp"
#include "admin/schema/schema_model.hpp"

namespace innergate::admin {

struct NaturalKey {
    std::vector<std::string> parts;  ///< as those of Index
    std::vector<std::string> columns;
    rows::TableRows::Nulls nulls = rows::TableRows::Nulls::differ;

    /// A NULL among the values recognises no row, unless NULLs are equal here or the column's part
    /// takes NULL for a value.
    [[nodiscard]] bool applies_to(const RowValues& values) const;
};

/// The unique indexes whose columns are all given. A route is known by what it leads to and a
/// namespace by its place in the tree, so that paths can be changed by rows without ids.
[[nodiscard]] std::vector<NaturalKey> natural_keys(const Table& table, const rows::Columns& given);

/// Adds columns that were left out where that decides which row is meant: a namespace without
/// parent is at the top, an identity without group is the instance's.
void add_implied_columns(const Table& table, RowValues& values);

/// The id of a table's only row, where a check allows no other.
[[nodiscard]] std::optional<std::string> only_id(const Table& table);

}  // namespace innergate::admin
