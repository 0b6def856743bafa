// Reading and writing whole rows of any table. Rows travel as JSON arrays in one parameter, so that
// one statement per set of columns takes hundreds of rows in one round trip on either database.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "admin/commands/database.hpp"
#include "admin/schema/schema_model.hpp"

namespace innergate::admin::rows {

using Columns = std::vector<const Column*>;

/// A row that names another that is not there.
struct Orphan {
    std::string key;     ///< of the row, as TableRows::each_key() gives it
    std::string parent;  ///< the value without a row
};

class TableRows {
public:
    TableRows(Database& database, const Table& table) : database_(database), table_(table) {}

    /// The primary key of every row; several columns are joined by commas.
    void each_key(const std::function<void(const std::string& key)>& on_key);

    /// The largest id the database gave to a row, deleted ones included; 0: none.
    [[nodiscard]] long long last_id();

    /// `rows` is a JSON array of arrays, each with a value for each of `columns`.
    void insert(const Columns& columns, const std::string& rows);

    /// As insert(), for rows whose primary key is among the columns: sets the others.
    void update(const Columns& columns, const std::string& rows);

    /// A given row that is in the table already, recognised by the columns of a unique index: its
    /// index in `rows`, and its primary key. NULL equals NULL only where `nulls` says so.
    struct Match {
        std::size_t row;
        std::string key;
    };
    enum class Nulls { differ, are_equal };
    [[nodiscard]] std::vector<Match> match(
        const Columns& columns,
        const std::vector<std::string>& parts,
        Nulls nulls,
        const std::string& rows
    );

    /// A column of the row with that key; nothing when there is none or it is NULL.
    [[nodiscard]] std::optional<std::string> read_text(
        const std::string& column, const std::string& key
    );

    [[nodiscard]] std::optional<Orphan> find_orphan(const ForeignKey& reference);

    /// All rows by primary key, each a JSON array with a value for each of `columns`.
    void each_row(
        const Columns& columns, const std::function<void(const std::string& row)>& on_row
    );

    /// To be called after rows came with their ids: the next id the database gives follows them.
    void synchronize_identity();

private:
    [[nodiscard]] bool is_sqlite() const { return database_.dialect() == db::Dialect::sqlite; }
    /// The value at that place of the given row, of the column's type.
    [[nodiscard]] std::string given(const Column& column, std::size_t place) const;
    [[nodiscard]] std::string_view source() const;
    [[nodiscard]] std::string key_of(std::string_view alias) const;

    Database& database_;
    const Table& table_;
};

/// Keeps other writers out of the tables until the end of the transaction (SQLite does so anyway),
/// and lets rows name parents that come later.
void begin_import(Database& database, std::span<const std::string> tables);

}  // namespace innergate::admin::rows
