// The rows that day-to-day commands list, show, find and remove.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "admin/commands/database.hpp"
#include "admin/entities/rows/entity_queries.hpp"

namespace innergate::admin::rows {

/// Only rows that meet this: one of EntityQueries::filters, or a column, with that number.
using Filter = std::pair<std::string_view, long long>;

enum class Extent {
    columns,
    with_details,
};

class EntityRows {
public:
    EntityRows(Database& database, EntityName entity)
        : database_(database), queries_(queries_of(entity)) {}

    [[nodiscard]] std::vector<ShownColumn> columns(Extent extent = Extent::columns) const;

    /// By id, else by what people call it: username or e-mail address, full path, fingerprint.
    [[nodiscard]] std::optional<long long> find(const std::string& reference);

    /// As find(), but a number is no id.
    [[nodiscard]] std::optional<long long> find_called(const std::string& reference);

    /// Each row as a JSON array with a value for each of columns(), by id.
    void each(
        const std::vector<Filter>& filters,
        const std::function<void(const std::string& row)>& on_row,
        Extent extent = Extent::columns
    );

    /// The dependents a row has, such as "2 subgroups"; empty: it has none.
    [[nodiscard]] std::string dependents_of(long long id);

    /// With everything that refers to it. The caller has a transaction.
    void remove(long long id);

private:
    [[nodiscard]] bool exists(long long id);
    [[nodiscard]] std::string condition(const Filter& filter) const;

    Database& database_;
    const EntityQueries& queries_;
};

/// A group or personal namespace by its full path.
[[nodiscard]] std::optional<long long> find_namespace(
    Database& database, const std::string& full_path
);

}  // namespace innergate::admin::rows
