#include "admin/schema/schema_document.hpp"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>

namespace innergate::admin {
namespace {

constexpr std::string_view kHead = R"(# Schema

The tables of innergate's database, the same on SQLite and on PostgreSQL. Their column names are the
ones that `innergate-admin import` and `export` use. Generated from a migrated database by
`innergate-admin schema --markdown > docs/schema.md`; a test keeps this page equal to it.

| Type | Import and export | SQLite | PostgreSQL |
|---|---|---|---|
| `bigint`, `integer`, `smallint` | number of 64, 32 or 16 bits | `integer` | the same |
| `boolean` | `true` or `false` | `integer`, 0 or 1 | `boolean` |
| `text` | string | `text` | `text` |
| `date` | string, `2020-07-15` | `text` | `date` |
| `timestamp` | string in UTC, `2019-06-27T15:29:02.219Z` | `text` | `timestamptz` |

A generated column is the database's own: an import cannot name it. Foreign keys are checked at the
end of each import, so rows may come in any order. Not shown, imported or exported are the tables
that the database fills by itself: `schema_migrations`, the migrations it has had,
`namespace_figure_changes`, how often its memberships changed, and `namespace_ancestors`, which
groups stand above a namespace.
)";

/// A table cell must not end where its text has a bar.
std::string in_cell(std::string_view text) {
    std::string cell;
    for (const char character : text) {
        if (character == '|') {
            cell.push_back('\\');
        }
        cell.push_back(character);
    }
    return cell;
}

std::string joined(const std::vector<std::string>& parts) {
    return fmt::format("{}", fmt::join(parts, ", "));
}

std::string default_of(const Column& column) {
    if (column.is_identity) {
        return "next number";
    }
    if (!column.fallback) {
        return "";
    }
    return *column.fallback == "now" ? "now" : "`" + in_cell(*column.fallback) + "`";
}

std::string reference_of(const Table& table, const Column& column) {
    const auto key = std::ranges::find(table.foreign_keys, column.name, &ForeignKey::column);
    if (key == table.foreign_keys.end()) {
        return "";
    }
    return fmt::format(
        "References [{0}](#{0}).{1}, on delete {2}.",
        key->parent_table,
        key->parent_column,
        key->on_delete
    );
}

std::string notes_on(const Table& table, const Column& column) {
    std::string notes;
    const auto add = [&notes](const std::string& note) {
        if (!note.empty()) {
            notes += notes.empty() ? "" : " ";
            notes += note;
        }
    };
    if (table.primary_key == std::vector{column.name}) {
        add("Primary key.");
    }
    add(in_cell(column.comment));
    if (column.is_generated()) {
        add("Generated as `" + in_cell(column.generated_as) + "`.");
    }
    add(reference_of(table, column));
    return notes;
}

void append_table(std::string& page, const Table& table) {
    const auto out = std::back_inserter(page);
    fmt::format_to(out, "\n## {}\n\n", table.name);
    if (!table.comment.empty()) {
        fmt::format_to(out, "{}\n\n", table.comment);
    }
    page += "| Column | Type | Null | Default | |\n|---|---|---|---|---|\n";
    for (const Column& column : table.columns) {
        fmt::format_to(
            out,
            "| `{}` | {} | {} | {} | {} |\n",
            column.name,
            to_string(column.kind),
            column.is_nullable ? "yes" : "no",
            default_of(column),
            notes_on(table, column)
        );
    }
    if (!table.indexes.empty()) {
        page += "\nIndexes:\n";
    }
    for (const Index& index : table.indexes) {
        fmt::format_to(
            out,
            "- {}`({})`{}{}\n",
            index.is_unique ? "unique " : "",
            joined(index.parts),
            index.predicate.empty() ? "" : " where `" + index.predicate + "`",
            index.name.empty() ? "" : ", " + index.name
        );
    }
    if (!table.checks.empty()) {
        page += "\nChecks:\n";
    }
    for (const Check& check : table.checks) {
        fmt::format_to(out, "- `{}`\n", check.expression);
    }
}

}  // namespace

std::string schema_document(const SchemaModel& model) {
    std::string page{kHead};
    for (const Table& table : model.tables) {
        append_table(page, table);
    }
    return page;
}

}  // namespace innergate::admin
