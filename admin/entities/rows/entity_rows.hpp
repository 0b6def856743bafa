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
#include "admin/entities/entity.hpp"

namespace innergate::admin::rows {

/// Only rows that meet this: one of Entity::filters, or a column, with that number.
using Filter = std::pair<std::string_view, long long>;

enum class Extent {
    columns,
    with_details,  ///< what is shown of a single row, too
};

class EntityRows {
public:
    EntityRows(Database& database, const Entity& entity) : database_(database), entity_(entity) {}

    /// What is shown, in its order.
    [[nodiscard]] std::vector<const Member*> columns(Extent extent = Extent::columns) const;

    /// By id, else by what people call it: username or e-mail address, full path, fingerprint.
    [[nodiscard]] std::optional<long long> find(const std::string& reference);

    /// As find(), but a number is no id.
    [[nodiscard]] std::optional<long long> find_called(const std::string& reference);

    /// Each row, in the order of ids, as a JSON array with a value for each of columns().
    void each(
        const std::vector<Filter>& filters,
        const std::function<void(const std::string& row)>& on_row,
        Extent extent = Extent::columns
    );

    /// The dependents a row has, such as "2 subgroups"; empty: it has none.
    [[nodiscard]] std::string dependents_of(long long id);

    /// Removes the row with everything that refers to it. The caller has a transaction.
    void remove(long long id);

private:
    [[nodiscard]] bool exists(long long id);
    [[nodiscard]] std::string condition(const Filter& filter) const;
    [[nodiscard]] std::string sql_of(const Member& member) const;

    Database& database_;
    const Entity& entity_;
};

}  // namespace innergate::admin::rows
