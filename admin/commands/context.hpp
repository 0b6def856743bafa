// What every subcommand of innergate-admin works with: settings, database, secrets, streams.
#pragma once

#include <functional>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "admin/commands/database.hpp"
#include <tl/expected.hpp>

#include "app/auth/secret.hpp"
#include "app/settings/load.hpp"
#include "app/settings/settings.hpp"

namespace innergate::admin {

/// What the program answers to the shell.
enum class ExitStatus { done = 0, failed = 1, wrong_usage = 2 };

/// Filled by the main program once the command line is parsed, before a subcommand runs.
struct Context {
    settings::Settings settings;
    bool json = false;         ///< answers for machines: --json
    bool is_terminal = false;  ///< standard error is one, so that progress may be shown there
    std::ostream& out;
    std::ostream& err;
    /// Reads the file of the database key base. Error: a sentence for the operator.
    std::function<tl::expected<auth::Secret, std::string>()> db_key_base;
    /// How to reach the database. Error: a sentence for the operator.
    std::function<tl::expected<db::Options, std::string>()> database_options;
    ExitStatus exit_status = ExitStatus::done;

    /// Opened on first use and kept. Nothing: fail() was called.
    [[nodiscard]] Database* database();

    /// Says why on `err` and makes the program's exit status 1.
    void fail(std::string_view reason);

    /// Faults of the settings, which are then the defaults. Empty for all subcommands except those
    /// that are meant to run nevertheless.
    std::vector<settings::Fault> settings_faults = {};

    std::optional<Database> opened_database = std::nullopt;
};

}  // namespace innergate::admin
