// The rows of one table on their way into the database: which are new, which replace others, and
// the batches they are written in.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "admin/commands/database.hpp"
#include "admin/entities/column_value.hpp"
#include "admin/entities/derived_columns.hpp"
#include "admin/entities/rows/table_rows.hpp"
#include "admin/import/import_document.hpp"
#include "admin/schema/schema_model.hpp"

#include "app/db/transaction.hpp"

namespace innergate::admin {

/// What happens to a row that comes without its primary key.
enum class MatchRows {
    by_unique_columns,  ///< it is the row that has its values in the unique columns, if there is
                        ///< one
    never,              ///< it is new
};

struct TableCount {
    std::string table;
    std::size_t inserted = 0;
    std::size_t updated = 0;
};

/// Where a row was given.
struct RowPlace {
    std::size_t offset = 0;
    std::size_t number = 0;
};

class TableImport {
public:
    TableImport(
        Database& database,
        const Table& table,
        const KeyBase& key_base,
        long long largest_given_id,
        MatchRows match
    );

    [[nodiscard]] const Table& table() const { return table_; }
    [[nodiscard]] rows::TableRows& rows() { return rows_; }
    [[nodiscard]] const TableCount& count() const { return count_; }

    [[nodiscard]] long long reserve_id() { return ++last_id_; }

    /// Null when no row with that key was given.
    [[nodiscard]] const RowPlace* find_given(const std::string& key) const;

    /// Takes a row as it was read.
    Imported<> add(const ImportRow& given);
    /// Writes what is still collected.
    Imported<> flush();

private:
    struct Row {
        RowPlace place;
        RowValues values;
        PlainSecrets secrets;
    };
    enum class Action { insert, update };
    /// Rows with the same columns given, as JSON arrays.
    struct Batch {
        rows::Columns columns;
        std::vector<std::string> rows;
        std::vector<RowPlace> places;
        std::size_t bytes = 0;
    };
    using BatchKey = std::pair<Action, rows::Columns>;

    Imported<Row> read(const ImportRow& given) const;
    Imported<> place(Row row, std::string key);
    Imported<> number_and_place(Row row);
    Imported<> match_waiting();
    Imported<std::vector<std::optional<std::string>>> matched_keys() const;
    Imported<> prepare_insert(Row& row) const;
    Imported<> collect(Action action, const Row& row);
    Imported<> write(const BatchKey& key, Batch& batch);
    Imported<> write_one_by_one(db::Savepoint& savepoint, Action action, const Batch& batch);
    void send(Action action, const rows::Columns& columns, const std::string& rows);
    [[nodiscard]] std::string key_of(const RowValues& values) const;
    void set_key(RowValues& values, const std::string& key) const;
    [[nodiscard]] ImportFault fault(const RowPlace& place, std::string column, std::string reason)
        const;

    Database& database_;
    const Table& table_;
    const KeyBase& key_base_;
    MatchRows match_;
    rows::TableRows rows_;
    bool is_numbered_ = false;  ///< the primary key is one number, which the import may give
    bool was_empty_ = true;
    long long last_id_ = 0;
    /// Every row's key; with its place when this import gave it.
    std::unordered_map<std::string, std::optional<RowPlace>> keys_;
    std::map<BatchKey, Batch> batches_;
    std::vector<Row> waiting_;  ///< rows without key, all with the same columns
    TableCount count_;
};

}  // namespace innergate::admin
