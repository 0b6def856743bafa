#include "admin/commands/migrate_command.hpp"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <filesystem>
#include <memory>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <vector>

#include "admin/commands/context.hpp"
#include "sql/migrations.hpp"
#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "app/db/migrator.hpp"
#include "app/descriptor.hpp"
#include "app/json/writer.hpp"

namespace innergate::admin {
namespace {

using States = std::vector<db::MigrationState>;

struct Choice {
    bool only_status = false;
    bool only_pretends = false;
};

/// A new SQLite database is a file that is not there yet; looking at it must not create it.
bool is_missing_file(const db::Options& options) {
    return options.dialect == db::Dialect::sqlite && !std::filesystem::exists(options.sqlite_path);
}

States all_pending() {
    States states;
    for (const sql::Migration& migration : sql::migrations()) {
        states.push_back({migration.version, std::string{migration.name}, false});
    }
    return states;
}

States look(db::Options options) {
    if (is_missing_file(options)) {
        return all_pending();
    }
    Database database{std::move(options)};
    return db::Migrator{database.session(), sql::migrations()}.status();
}

/// The pools could not open a database that belongs to root, so it gets the owner of its folder.
/// SQLite then does the same with the files beside it. Only a file that is made here is given away,
/// whatever the folder's owner put in its place meanwhile.
void create_for_owner_of_folder(const std::string& path) {
    constexpr mode_t kNotForOthers = 0640;
    const auto folder = std::filesystem::absolute(path).parent_path();
    struct stat status {};
    if (::geteuid() != 0 || ::stat(folder.c_str(), &status) != 0) {
        return;
    }
    const Descriptor file{
        ::open(path.c_str(), O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, kNotForOthers)};
    if (file.is_open() && ::fchown(file.get(), status.st_uid, status.st_gid) != 0) {
        throw std::system_error{errno, std::generic_category(), "chown " + path};
    }
}

States apply(db::Options options) {
    if (is_missing_file(options)) {
        create_for_owner_of_folder(options.sqlite_path);
    }
    options.missing_file = db::MissingFile::create;
    Database database{std::move(options)};
    return db::Migrator{database.session(), sql::migrations()}.migrate();
}

void print_json(Context& context, const Choice& choice, const States& states) {
    std::string text;
    json::Writer writer{text};
    writer.begin_object();
    writer.key(
        choice.only_status     ? "migrations"
        : choice.only_pretends ? "would_apply"
                               : "applied"
    );
    writer.begin_array();
    for (const db::MigrationState& state : states) {
        writer.begin_object();
        writer.member("version", state.version);
        writer.member("name", state.name);
        if (choice.only_status) {
            writer.member("applied", state.is_applied);
        }
        writer.end_object();
    }
    writer.end_array();
    writer.end_object();
    context.out << text << '\n';
}

void print_text(Context& context, const Choice& choice, const States& states) {
    for (const db::MigrationState& state : states) {
        const std::string_view word = choice.only_status
                                          ? (state.is_applied ? "applied" : "missing")
                                          : (choice.only_pretends ? "would apply" : "applied");
        context.out << fmt::format("{} {}\n", word, state.name);
    }
    if (states.empty()) {
        context.out << "nothing to do: the schema is up to date\n";
    }
}

void run(Context& context, const Choice& choice) {
    auto options = context.database_options();
    if (!options) {
        context.fail(options.error());
        return;
    }
    options->schema_version = 0;
    const bool only_looks = choice.only_status || choice.only_pretends;
    States states = only_looks ? look(std::move(*options)) : apply(std::move(*options));
    if (choice.only_pretends) {
        std::erase_if(states, [](const auto& state) { return state.is_applied; });
    }
    if (context.json) {
        print_json(context, choice, states);
    } else {
        print_text(context, choice, states);
    }
}

}  // namespace

void register_migrate(CLI::App& app, Context& context) {
    const auto choice = std::make_shared<Choice>();
    CLI::App* const command = app.add_subcommand(
        "migrate",
        "Bring the database's schema up to date. Two at once are safe: one waits for the other."
    );
    CLI::Option* const status = command->add_flag(
        "--status", choice->only_status, "List the migrations and whether each is applied"
    );
    command
        ->add_flag(
            "--dry-run", choice->only_pretends, "List what would be applied, and apply nothing"
        )
        ->excludes(status);
    command->callback([choice, &context] { run(context, *choice); });
}

}  // namespace innergate::admin
