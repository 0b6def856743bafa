// Writes rows into any tables in one transaction: checks them, fills in what follows from them,
// collects them into batches, and at the end sees to paths and references.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "admin/commands/database.hpp"
#include "admin/entities/derived_columns.hpp"
#include "admin/import/import_document.hpp"
#include "admin/import/table_import.hpp"
#include "admin/schema/route_paths.hpp"
#include "admin/schema/schema_model.hpp"

#include "app/db/transaction.hpp"

namespace innergate::admin {

class Importer final : public RowSink {
public:
    /// Called now and then with the rows of a table so far.
    using Progress = std::function<void(std::string_view table, std::size_t rows)>;

    /// What is known of a table before its rows come.
    struct Expected {
        long long largest_id = 0;  ///< the largest one given: numbers for rows without one follow
    };

    /// Begins the transaction; without finish() nothing stays. `schema` and `key_base` outlive it.
    Importer(
        Database& database,
        const SchemaModel& schema,
        const KeyBase& key_base,
        std::map<std::string, Expected> expected,
        MatchRows match = MatchRows::by_unique_columns,
        Progress progress = {}
    );

    Imported<> begin_table(std::string_view name, std::size_t offset) override;
    Imported<> add(ImportRow row) override;

    /// A number for a row of the table of this name that another row of the same import is to name.
    [[nodiscard]] long long reserve_id(std::string_view name);

    /// Writes the last batches and the routes and redirects that follow, checks references,
    /// commits. Errors leave the database as it was once this object is gone.
    [[nodiscard]] Imported<std::vector<TableCount>> finish();

private:
    TableImport& table_import(const Table& table);
    Imported<> check_references();
    Imported<> derive_routes();
    Imported<> derive_redirects(const std::vector<RouteChange>& changes);

    Database& database_;
    const SchemaModel& schema_;
    const KeyBase& key_base_;
    std::map<std::string, Expected> expected_;
    MatchRows match_;
    Progress progress_;
    db::Transaction transaction_;
    std::map<std::string, std::unique_ptr<TableImport>, std::less<>> tables_;
    TableImport* current_ = nullptr;
};

}  // namespace innergate::admin
