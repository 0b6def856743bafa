#include "admin/import/export.hpp"

#include <algorithm>
#include <functional>
#include <set>
#include <stdexcept>
#include <utility>

#include "admin/entities/rows/catalog.hpp"
#include "admin/entities/rows/route_rows.hpp"
#include "admin/entities/rows/table_rows.hpp"
#include "admin/entities/stored_value.hpp"
#include "admin/import/json_text.hpp"
#include "admin/schema/route_paths.hpp"

#include "app/db/transaction.hpp"
#include "app/json/reader.hpp"

namespace innergate::admin {
namespace {

std::string written_row(const Table& table, const rows::Columns& columns, const std::string& row) {
    const auto cells = json::parse(row);
    if (!cells || cells->array() == nullptr || cells->array()->size() != columns.size()) {
        throw std::runtime_error{"the database gave a row that cannot be read"};
    }
    std::string text;
    json::Writer writer{text};
    writer.begin_object();
    for (std::size_t at = 0; at < columns.size(); ++at) {
        writer.key(columns[at]->name);
        const Column& column = *columns[at];
        write_stored(
            writer, column.kind, json_shape(table.name, column.name), (*cells->array())[at]
        );
    }
    writer.end_object();
    return text;
}

/// Says for each row whether it belongs into the file.
using RowFilter = std::function<bool(const std::string& row)>;

RowFilter underivable_routes_only(Database& database) {
    std::set<std::string> starts;
    for (const long long id : underivable_routes(rows::read_route_tree(database))) {
        starts.insert(std::to_string(id));
    }
    return [starts](const std::string& row) {
        const std::size_t start = row.find_first_of("0123456789");
        return starts.contains(row.substr(start, row.find(',') - start));
    };
}

void write_table(
    Database& database, const Table& table, const RowFilter& belongs, std::ostream& out
) {
    rows::Columns columns;
    for (const Column& column : table.columns) {
        if (!column.is_generated()) {
            columns.push_back(&column);
        }
    }
    std::string_view separator = "\n";
    rows::TableRows{database, table}.each_row(columns, [&](const std::string& row) {
        if (!belongs || belongs(row)) {
            out << std::exchange(separator, ",\n") << written_row(table, columns, row);
        }
    });
    out << (separator == "\n" ? "]" : "\n]");
}

}  // namespace

tl::expected<void, std::string> export_document(
    Database& database, const std::vector<std::string>& tables, std::ostream& out
) {
    const SchemaModel schema = rows::read_schema(database);
    for (const std::string& name : tables) {
        if (schema.find_table(name) == nullptr) {
            return tl::unexpected("there is no table " + name);
        }
    }
    const auto is_named = [&](const std::string& name) {
        return std::ranges::find(tables, name) != tables.end();
    };
    db::Transaction transaction{database.session(), db::TransactionKind::snapshot};
    std::string_view separator = "{\n";
    for (const Table& table : schema.tables) {
        if (!tables.empty() && !is_named(table.name)) {
            continue;
        }
        RowFilter belongs;
        if (table.name == "routes" && tables.empty()) {
            belongs = underivable_routes_only(database);
        }
        out << std::exchange(separator, ",\n") << '"' << table.name << "\": [";
        write_table(database, table, belongs, out);
    }
    out << "\n}\n";
    transaction.commit();
    return {};
}

}  // namespace innergate::admin
