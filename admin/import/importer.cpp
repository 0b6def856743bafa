#include "admin/import/importer.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "admin/entities/rows/route_rows.hpp"
#include "admin/entities/rows/violation.hpp"
#include <fmt/format.h>

namespace innergate::admin {
namespace {

constexpr std::size_t kRowsBetweenProgress = 1000;

std::vector<std::string> tables_to_lock(
    const SchemaModel& schema, const std::map<std::string, Importer::Expected>& expected
) {
    std::vector<std::string> names;
    for (const Table& table : schema.tables) {
        // Every import may change paths.
        if (expected.contains(table.name) || table.name == "routes" ||
            table.name == "redirect_routes") {
            names.push_back(table.name);
        }
    }
    return names;
}

std::string_view table_of(SourceType type) {
    return type == SourceType::namespace_ ? "namespaces" : "projects";
}

Cell number_cell(std::string column, long long number) {
    return {std::move(column), Cell::Type::number, std::to_string(number), 0};
}

Cell text_cell(std::string column, std::string text) {
    return {std::move(column), Cell::Type::text, std::move(text), 0};
}

/// A new route or redirect.
ImportRow row_of(Source source, const std::string& path) {
    ImportRow row;
    row.cells = {
        text_cell("source_type", std::string{rows::to_string(source.type)}),
        number_cell("source_id", source.id),
        text_cell("path", path)};
    return row;
}

ImportRow row_of(const RouteChange& change) {
    if (!change.route_id) {
        return row_of(change.source, change.path);
    }
    ImportRow row;
    row.cells = {number_cell("id", *change.route_id), text_cell("path", change.path)};
    return row;
}

ImportFault fault_of(const TableImport& table, const std::string& key) {
    ImportFault fault;
    fault.table = table.table().name;
    if (const RowPlace* const place = table.find_given(key)) {
        fault.offset = place->offset;
        fault.row = place->number;
    }
    return fault;
}

}  // namespace

Importer::Importer(
    Database& database,
    const SchemaModel& schema,
    const KeyBase& key_base,
    std::map<std::string, Expected> expected,
    MatchRows match,
    Progress progress
)
    : database_(database),
      schema_(schema),
      key_base_(key_base),
      expected_(std::move(expected)),
      match_(match),
      progress_(std::move(progress)),
      transaction_(database.session()) {
    rows::begin_import(database, tables_to_lock(schema, expected_));
}

TableImport& Importer::table_import(const Table& table) {
    std::unique_ptr<TableImport>& entry = tables_[table.name];
    if (entry == nullptr) {
        entry = std::make_unique<TableImport>(
            database_, table, key_base_, expected_[table.name].largest_id, match_
        );
    }
    return *entry;
}

Imported<> Importer::begin_table(std::string_view name, std::size_t offset) {
    if (current_ != nullptr) {
        if (auto done = current_->flush(); !done) {
            return done;
        }
    }
    const Table* const table = schema_.find_table(name);
    if (table == nullptr) {
        return tl::unexpected(ImportFault{
            offset, std::string{name}, 0, {}, "there is no such table"});
    }
    current_ = &table_import(*table);
    return {};
}

Imported<> Importer::add(ImportRow row) {
    auto done = current_->add(row);
    if (done && progress_ && row.number % kRowsBetweenProgress == 0) {
        progress_(current_->table().name, row.number);
    }
    return done;
}

long long Importer::reserve_id(std::string_view name) {
    const Table* const table = schema_.find_table(name);
    if (table == nullptr) {
        throw std::logic_error{"no table " + std::string{name}};
    }
    return table_import(*table).reserve_id();
}

Imported<std::vector<TableCount>> Importer::finish() {
    for (const auto& [name, table] : tables_) {
        if (auto done = table->flush(); !done) {
            return tl::unexpected(std::move(done.error()));
        }
    }
    std::vector<TableCount> counts;
    for (const Table& table : schema_.tables) {
        if (const auto found = tables_.find(table.name); found != tables_.end()) {
            counts.push_back(found->second->count());
        }
    }
    if (auto done = check_references(); !done) {
        return tl::unexpected(std::move(done.error()));
    }
    if (auto done = derive_routes(); !done) {
        return tl::unexpected(std::move(done.error()));
    }
    for (const auto& [name, table] : tables_) {
        table->rows().synchronize_identity();
    }
    transaction_.commit();
    return counts;
}

/// If a parent is missing, the database itself names only a constraint, or nothing at all.
Imported<> Importer::check_references() {
    for (const auto& [name, table] : tables_) {
        for (const ForeignKey& reference : table->table().foreign_keys) {
            const auto orphan = table->rows().find_orphan(reference);
            if (!orphan) {
                continue;
            }
            ImportFault fault = fault_of(*table, orphan->key);
            fault.column = rows::written_column(table->table(), reference.column);
            fault.reason = fmt::format(
                "there is no row with {} {} in {}",
                reference.parent_column,
                orphan->parent,
                reference.parent_table
            );
            return tl::unexpected(std::move(fault));
        }
    }
    return {};
}

/// Full paths follow from the whole tree, whatever the order in which it was given.
Imported<> Importer::derive_routes() {
    const auto given = [this](std::string_view table, long long id) {
        const auto found = tables_.find(table);
        return found == tables_.end() ? nullptr : found->second->find_given(std::to_string(id));
    };
    if (!tables_.contains("namespaces") && !tables_.contains("projects") &&
        !tables_.contains("routes")) {
        return {};
    }
    auto changes = changed_routes(
        rows::read_route_tree(database_),
        [&](Source source) { return given(table_of(source.type), source.id) != nullptr; },
        [&](long long route_id) { return given("routes", route_id) != nullptr; }
    );
    if (!changes) {
        ImportFault fault;
        fault.table = table_of(changes.error().source.type);
        if (const RowPlace* const place = given(fault.table, changes.error().source.id)) {
            fault.offset = place->offset;
            fault.row = place->number;
        }
        fault.column = std::move(changes.error().column);
        fault.reason = std::move(changes.error().reason);
        return tl::unexpected(std::move(fault));
    }
    rows::clear_paths(database_, *changes);
    TableImport& routes = table_import(*schema_.find_table("routes"));
    for (const RouteChange& change : *changes) {
        if (auto done = routes.add(row_of(change)); !done) {
            return done;
        }
    }
    if (auto done = routes.flush(); !done) {
        return done;
    }
    return derive_redirects(*changes);
}

/// Remotes that people cloned from an earlier path go on working.
Imported<> Importer::derive_redirects(const std::vector<RouteChange>& changes) {
    if (changes.empty()) {
        return {};
    }
    const auto given = tables_.find("redirect_routes");
    const RedirectChanges redirects =
        changed_redirects(changes, rows::read_redirects(database_), [&](long long id) {
            return given != tables_.end() &&
                   given->second->find_given(std::to_string(id)) != nullptr;
        });
    rows::remove_redirects(database_, redirects.removed);
    if (redirects.added.empty()) {
        return {};
    }
    TableImport& table = table_import(*schema_.find_table("redirect_routes"));
    for (const NewRedirect& redirect : redirects.added) {
        if (auto done = table.add(row_of(redirect.source, redirect.path)); !done) {
            return done;
        }
    }
    return table.flush();
}

}  // namespace innergate::admin
