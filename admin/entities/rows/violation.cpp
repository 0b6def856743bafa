#include "admin/entities/rows/violation.hpp"

#include <algorithm>
#include <optional>
#include <string_view>
#include <vector>

#include "admin/schema/declared_schema.hpp"
#include <fmt/format.h>
#include <soci/soci.h>

namespace innergate::admin::rows {
namespace {

constexpr std::string_view kTaken = "another row has this value already";

std::string columns_of(const Index& index) {
    std::vector<std::string> columns;
    columns.reserve(index.parts.size());
    for (const std::string& part : index.parts) {
        columns.push_back(column_of_part(part));
    }
    return fmt::format("{}", fmt::join(columns, ", "));
}

/// What stands behind a marker, without quotes.
std::string text_after(std::string_view message, std::string_view marker) {
    const std::size_t found = message.find(marker);
    if (found == std::string_view::npos) {
        return {};
    }
    std::string_view rest = message.substr(found + marker.size());
    while (!rest.empty() && (rest.front() == ' ' || rest.front() == '"' || rest.front() == '\'')) {
        rest.remove_prefix(1);
    }
    while (!rest.empty() && (rest.back() == '"' || rest.back() == '\'')) {
        rest.remove_suffix(1);
    }
    return std::string{rest};
}

/// `users.email, users.name` without the table.
std::string without_table(std::string text, const std::string& table) {
    const std::string prefix = table + ".";
    for (std::size_t at = text.find(prefix); at != std::string::npos; at = text.find(prefix)) {
        text.erase(at, prefix.size());
    }
    return text;
}

/// The columns a constraint of PostgreSQL is about.
std::vector<std::string> columns_of_constraint(
    Database& database, const Table& table, const std::string& constraint
) {
    constexpr db::Query kColumns{
        "violation.columns",
        R"sql(
        select a.attname::text
          from pg_constraint k
          join pg_attribute a on a.attrelid = k.conrelid and a.attnum = any(k.conkey)
         where k.conrelid = cast(:table as regclass) and k.conname = :name
         order by a.attnum)sql"};
    std::vector<std::string> columns;
    std::string column;
    database.session().fetch_each(
        kColumns,
        [&] { columns.push_back(column); },
        soci::use(table.name, "table"),
        soci::use(constraint, "name"),
        soci::into(column)
    );
    return columns;
}

std::string listed(const std::vector<std::string>& columns) {
    return fmt::format("{}", fmt::join(columns, ", "));
}

Violation unique_violation(Database& database, const Table& table, std::string_view message) {
    const bool is_sqlite = database.dialect() == db::Dialect::sqlite;
    const std::string name = is_sqlite ? text_after(message, "UNIQUE constraint failed: index")
                                       : text_after(message, "unique constraint");
    const auto index = std::ranges::find(table.indexes, name, &Index::name);
    if (!name.empty() && index != table.indexes.end()) {
        return {columns_of(*index), std::string{kTaken}};
    }
    if (is_sqlite) {
        return {
            without_table(text_after(message, "UNIQUE constraint failed:"), table.name),
            std::string{kTaken}};
    }
    return {listed(columns_of_constraint(database, table, name)), std::string{kTaken}};
}

Violation check_violation(const Check& check) {
    return {listed(check.columns), "must fulfil " + check.expression};
}

std::optional<Violation> check_failed_on_sqlite(const Table& table, std::string_view message) {
    const std::string quoted = with_single_spaces(text_after(message, "CHECK constraint failed:"));
    if (quoted.empty()) {
        return std::nullopt;
    }
    // SQLite quotes the expression as it was declared; of several lines only the first got here.
    const auto check = std::ranges::find_if(table.checks, [&](const Check& declared) {
        return declared.expression.starts_with(quoted);
    });
    return check == table.checks.end() ? std::nullopt : std::optional{check_violation(*check)};
}

std::optional<Violation> check_failed_on_postgresql(
    Database& database, const Table& table, std::string_view message
) {
    const std::string name = text_after(message, "check constraint");
    if (name.empty()) {
        return std::nullopt;
    }
    const std::vector<std::string> columns = columns_of_constraint(database, table, name);
    const auto check = std::ranges::find_if(table.checks, [&](const Check& declared) {
        return std::ranges::is_permutation(declared.columns, columns);
    });
    return check == table.checks.end() ? Violation{listed(columns), "violates the check " + name}
                                       : check_violation(*check);
}

}  // namespace

Violation explain(Database& database, const Table& table, const db::QueryError& error) {
    const std::string_view message{error.what()};
    if (dynamic_cast<const db::UniqueViolation*>(&error) != nullptr) {
        return unique_violation(database, table, message);
    }
    auto check = database.dialect() == db::Dialect::sqlite
                     ? check_failed_on_sqlite(table, message)
                     : check_failed_on_postgresql(database, table, message);
    if (check) {
        return std::move(*check);
    }
    return {{}, std::string{message}};
}

std::string written_column(const Table& table, const std::string& name) {
    const Column* const column = table.find_column(name);
    if (column == nullptr || !column->is_generated()) {
        return name;
    }
    for (const Column& candidate : table.columns) {
        // `CASE WHEN source_type = … THEN source_id END`
        if (column->generated_as.find("THEN " + candidate.name) != std::string::npos) {
            return candidate.name;
        }
    }
    return name;
}

}  // namespace innergate::admin::rows
