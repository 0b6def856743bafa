#include "admin/commands/import_command.hpp"

#include <fstream>
#include <iostream>
#include <iterator>
#include <memory>
#include <string>
#include <system_error>

#include "admin/commands/context.hpp"
#include "admin/import/import.hpp"
#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "app/json/writer.hpp"

namespace innergate::admin {
namespace {

struct Choice {
    std::string file;
    bool shows_progress = false;
};

tl::expected<std::string, std::string> read_document(const std::string& file) {
    if (file == "-") {
        return std::string{std::istreambuf_iterator<char>{std::cin}, {}};
    }
    std::ifstream stream{file, std::ios::binary};
    std::string text{std::istreambuf_iterator<char>{stream}, {}};
    if (!stream.is_open() || stream.bad()) {
        return tl::unexpected(
            fmt::format("cannot read {}: {}", file, std::generic_category().message(errno))
        );
    }
    return text;
}

void print_json(std::ostream& out, const std::vector<TableCount>& counts) {
    std::string text;
    json::Writer writer{text};
    writer.begin_object();
    writer.key("imported");
    writer.begin_array();
    for (const TableCount& count : counts) {
        writer.begin_object();
        writer.member("table", count.table);
        writer.member("inserted", count.inserted);
        writer.member("updated", count.updated);
        writer.end_object();
    }
    writer.end_array();
    writer.end_object();
    out << text << '\n';
}

void print_text(std::ostream& out, const std::vector<TableCount>& counts) {
    for (const TableCount& count : counts) {
        out << fmt::format(
            "{}: {} inserted, {} updated\n", count.table, count.inserted, count.updated
        );
    }
}

/// PostgreSQL plans by what it last counted. By itself it counts again only a minute later or more.
/// Until then it would take large new tables for empty ones and read them from end to end.
void refresh_statistics(db::Session& session) {
    if (session.dialect() == db::Dialect::postgresql) {
        session.execute_once("analyze");
    }
}

void run(Context& context, const Choice& choice) {
    const auto document = read_document(choice.file);
    if (!document) {
        context.fail(document.error());
        return;
    }
    Database* const database = context.database();
    if (database == nullptr) {
        return;
    }
    const bool shows_progress = choice.shows_progress || context.is_terminal;
    Importer::Progress progress;
    if (shows_progress) {
        // The same line is written over each time. The blanks cover a longer text before it.
        progress = [&context](std::string_view table, std::size_t rows) {
            context.err << fmt::format("\r{}: {} rows          ", table, rows) << std::flush;
        };
    }
    const std::string file_name = choice.file == "-" ? "standard input" : choice.file;
    const auto counts =
        import_document(*database, *document, file_name, context.db_key_base, progress);
    if (shows_progress) {
        context.err << fmt::format("\r{:70}\r", "") << std::flush;
    }
    if (!counts) {
        context.fail(counts.error());
        return;
    }
    refresh_statistics(database->session());
    if (context.json) {
        print_json(context.out, *counts);
    } else {
        print_text(context.out, *counts);
    }
}

}  // namespace

void register_import(CLI::App& app, Context& context) {
    const auto choice = std::make_shared<Choice>();
    CLI::App* const command = app.add_subcommand(
        "import",
        "Write the rows of a JSON file into the database, all of them or none. Rows whose id is "
        "there already are updated; importing twice changes nothing. See docs/import.md."
    );
    command->add_option("FILE", choice->file, "The file; - is standard input")->required();
    command->add_flag(
        "--progress", choice->shows_progress, "Show how far it is, also where there is no terminal"
    );
    command->callback([choice, &context] { run(context, *choice); });
}

}  // namespace innergate::admin
