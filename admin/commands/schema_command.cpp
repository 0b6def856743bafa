#include "admin/commands/schema_command.hpp"

#include <memory>

#include "admin/commands/context.hpp"
#include "admin/entities/rows/catalog.hpp"
#include "admin/schema/schema_document.hpp"
#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "app/json/writer.hpp"

namespace innergate::admin {
namespace {

std::string as_json(const SchemaModel& schema) {
    std::string text;
    json::Writer writer{text};
    writer.begin_array();
    for (const Table& table : schema.tables) {
        writer.begin_object();
        writer.member("table", table.name);
        writer.key("columns");
        writer.begin_array();
        for (const Column& column : table.columns) {
            writer.begin_object();
            writer.member("name", column.name);
            writer.member("type", to_string(column.kind));
            writer.member("nullable", column.is_nullable);
            writer.member("generated", column.is_generated());
            writer.end_object();
        }
        writer.end_array();
        writer.end_object();
    }
    writer.end_array();
    return text + "\n";
}

std::string as_text(const SchemaModel& schema) {
    std::string text;
    for (const Table& table : schema.tables) {
        text += table.name + "\n";
        for (const Column& column : table.columns) {
            text += fmt::format(
                "  {} {}{}{}\n",
                column.name,
                to_string(column.kind),
                column.is_nullable ? "" : " not null",
                column.is_generated() ? " generated" : ""
            );
        }
    }
    return text;
}

void run(Context& context, bool as_markdown) {
    Database* const database = context.database();
    if (database == nullptr) {
        return;
    }
    const SchemaModel schema = rows::read_schema(*database);
    if (as_markdown) {
        context.out << schema_document(schema);
    } else {
        context.out << (context.json ? as_json(schema) : as_text(schema));
    }
}

}  // namespace

void register_schema(CLI::App& app, Context& context) {
    const auto as_markdown = std::make_shared<bool>(false);
    CLI::App* const command =
        app.add_subcommand("schema", "List the tables and columns that import and export name.");
    command->add_flag("--markdown", *as_markdown, "The page docs/schema.md");
    command->callback([as_markdown, &context] { run(context, *as_markdown); });
}

}  // namespace innergate::admin
