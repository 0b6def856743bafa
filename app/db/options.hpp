// Which database, and how to talk to it: the [database] settings made ready for SOCI.
#pragma once

#include <chrono>
#include <string>

#include <tl/expected.hpp>

#include "app/db/dialect.hpp"
#include "app/settings/settings.hpp"

namespace innergate::db {

enum class MissingFile { refuse, create };

/// What a session does on the schema of a newer program. Migrations leave alone what the program
/// before them uses, unless their name says `breaking`; that none survives.
enum class NewerSchema { refuse, survive };

struct Options {
    Dialect dialect = Dialect::sqlite;
    std::string connection_string;  ///< may hold a password: not for the log
    std::string sqlite_path;        ///< empty on PostgreSQL
    std::string shown_as;           ///< the same without secrets, for log and messages
    std::chrono::milliseconds statement_timeout{10'000};
    MissingFile missing_file = MissingFile::refuse;
    /// Sessions on an older schema version refuse to work; 0: any will do (the migrator's own
    /// session).
    int schema_version = 0;
    NewerSchema newer_schema = NewerSchema::refuse;
};

/// Reads the file with the URL, if one is named.
/// `sqlite:PATH`, `postgresql://…` or `postgres://…` as libpq reads it (several hosts and
/// `target_session_attrs` included).
/// Errors: a sentence for the operator that names the setting, without the URL's password.
[[nodiscard]] tl::expected<Options, std::string> make_options(
    settings::Database settings, std::string_view application_name
);

}  // namespace innergate::db
