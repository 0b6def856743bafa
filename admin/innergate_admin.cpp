// innergate-admin: the operator's tool. Reads the command line and the settings. What the
// subcommands do is in the folders beside this file.
#include <cstdlib>
#include <exception>
#include <iostream>
#include <string>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

#include "admin/commands/context.hpp"
#include "admin/commands/doctor_command.hpp"
#include "admin/commands/error_tracking_command.hpp"
#include "admin/commands/explain_command.hpp"
#include "admin/commands/export_command.hpp"
#include "admin/commands/import_command.hpp"
#include "admin/commands/jobs_command.hpp"
#include "admin/commands/jwt_command.hpp"
#include "admin/commands/lfs_token_command.hpp"
#include "admin/commands/migrate_command.hpp"
#include "admin/commands/schema_command.hpp"
#include "admin/commands/secret_command.hpp"
#include "admin/commands/settings_command.hpp"
#include "admin/commands/usage_command.hpp"
#include "admin/entities/row_commands.hpp"
#include "admin/repository/repository_command.hpp"
#include "sql/migrations.hpp"
#include <CLI/CLI.hpp>

#include "app/db/opening.hpp"
#include "app/manual/manual_texts.hpp"
#include "app/manual/program_page.hpp"
#include "app/settings/command_line.hpp"
#include "app/settings/load.hpp"
#include "app/settings/secret_file.hpp"

namespace innergate::programs {
namespace {

using admin::ExitStatus;

constexpr int status(ExitStatus exit_status) {
    return static_cast<int>(exit_status);
}

tl::expected<auth::Secret, std::string> read_db_key_base(const settings::Settings& settings) {
    auto text = settings::read_secret_file(settings.secrets.db_key_base_file);
    if (!text) {
        return tl::unexpected(std::move(text.error()));
    }
    return auth::Secret{std::move(*text)};
}

tl::expected<db::Options, std::string> database_options(const settings::Settings& settings) {
    auto options = db::make_options(settings.database, "innergate-admin");
    if (options) {
        options->schema_version = sql::migrations().back().version;
    }
    return options;
}

/// Runs between parsing and the subcommand.
void load_settings(
    const CLI::App& app, const settings::CommandLine& command_line, admin::Context& context
) {
    auto settings = settings::load(command_line.sources());
    if (settings) {
        context.settings = std::move(*settings);
        return;
    }
    context.settings_faults = std::move(settings.error());
    // `doctor` reports the faults as part of its own answer. `settings` reads no settings.
    if (app.got_subcommand("doctor") || app.got_subcommand("settings")) {
        return;
    }
    for (const settings::Fault& fault : context.settings_faults) {
        context.fail(settings::to_string(fault));
    }
    throw CLI::RuntimeError{status(ExitStatus::failed)};
}

void add_subcommands(CLI::App& app, admin::Context& context) {
    app.require_subcommand(1);
    admin::register_migrate(app, context);
    admin::register_import(app, context);
    admin::register_export(app, context);
    admin::register_rows(app, context);
    admin::register_repository(app, context);
    admin::register_error_tracking(app, context);
    admin::register_usage(app, context);
    admin::register_jobs(app, context);
    register_explain(app, context);
    admin::register_secret(app, context);
    admin::register_jwt(app, context);
    admin::register_lfs_token(app, context);
    admin::register_doctor(app, context);
    admin::register_settings(app, context);
    admin::register_schema(app, context);
}

int run(int argc, char** argv) {
    CLI::App app{"The operator's tool of innergate."};
    app.set_version_flag("--version", INNERGATE_VERSION);
    manual::add_documents(app, manual::admin_manual());
    app.fallthrough();  // --json and the settings may stand behind the subcommand too
    admin::Context context{
        .settings = {},
        .json = false,
        .is_terminal = ::isatty(STDERR_FILENO) == 1,
        .out = std::cout,
        .err = std::cerr,
        .db_key_base = [&context] { return read_db_key_base(context.settings); },
        .database_options = [&context] { return database_options(context.settings); },
    };
    app.add_flag("--json", context.json, "Answer in JSON");
    const settings::CommandLine command_line{app};
    add_subcommands(app, context);
    app.parse_complete_callback([&] { load_settings(app, command_line, context); });
    try {
        app.parse(argc, argv);
    } catch (const CLI::RuntimeError& error) {
        return error.get_exit_code();
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? status(ExitStatus::done) : status(ExitStatus::wrong_usage);
    } catch (const std::exception& error) {
        context.fail(error.what());
    }
    std::cout.flush();
    if (!std::cout) {
        context.fail("the answer could not be written");
    }
    return status(context.exit_status);
}

}  // namespace
}  // namespace innergate::programs

int main(int argc, char** argv) {
    // Databases and other files that this program makes hold secrets, so other users may not read
    // them.
    ::umask(S_IRWXO);
    try {
        const int status = innergate::programs::run(argc, argv);
        if (innergate::db::Opening::running() > 0) {
            // A thread of libpq's that nothing can end may still use what exit() takes down.
            std::cerr.flush();
            std::_Exit(status);
        }
        return status;
    } catch (const std::exception& error) {
        std::cerr << "innergate-admin: " << error.what() << '\n';
        return 1;
    }
}
