// Which database, and how to talk to it: the [database] settings made ready for SOCI.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>

#include <tl/expected.hpp>

#include "app/db/dialect.hpp"
#include "app/settings/database.hpp"

namespace innergate::db {

class CallGuard;
class DatabaseFile;
class Health;

enum class MissingFile { refuse, create };

/// What a session does on the schema of a newer program. Migrations leave alone what the program
/// before them uses, unless their name says `breaking`: no session survives such a one.
enum class NewerSchema { refuse, survive };

struct Options {
    Dialect dialect = Dialect::sqlite;
    std::string connection_string;  ///< may hold a password: not for the log
    std::string sqlite_path;        ///< empty on PostgreSQL
    std::string shown_as;           ///< the same without secrets, for log and messages
    std::chrono::milliseconds statement_timeout{10'000};
    /// How long opening a connection may take: all hosts of the URL, one after the other.
    std::chrono::milliseconds open_timeout{3'000};
    /// How long an attempt may be without an answer before another begins beside it; 0: none does.
    std::chrono::milliseconds reopen_after{0};
    /// How long a session without `lock_timeout` waits for a lock; in the connection string too.
    std::chrono::milliseconds busy_timeout{5'000};
    /// How long one call may take, whatever the server does. Kept by `guard`.
    std::chrono::milliseconds call_timeout{12'000};
    /// Outlives the sessions; null: calls have no deadline on our side, as those of a migration.
    CallGuard* guard = nullptr;
    /// Told of calls that ran into their deadline; while it knows of one, calls fail at once.
    /// Outlives the sessions; null: nobody is told or asked.
    Health* health = nullptr;
    /// Calls are made although the database hangs: to find out whether it answers again.
    bool asks_though_hung = false;
    /// How long to wait for a lock; nothing: as long as the connection string says. Once a request
    /// has written something (Usage::writes), the wait for SQLite's lock is that long in any case.
    std::optional<std::chrono::milliseconds> lock_timeout;
    MissingFile missing_file = MissingFile::refuse;
    /// Sessions on an older schema version refuse to work; 0: any will do (the migrator's own
    /// session).
    int schema_version = 0;
    NewerSchema newer_schema = NewerSchema::refuse;
    std::shared_ptr<DatabaseFile> file;  ///< nothing on PostgreSQL
};

/// Reads the file with the URL, if one is named.
/// `sqlite:PATH`, `postgresql://…` or `postgres://…` as libpq reads it (several hosts and
/// `target_session_attrs` included).
/// Errors: a sentence for the operator that names the setting, without the URL's password.
[[nodiscard]] tl::expected<Options, std::string> make_options(
    settings::Database settings, std::string_view application_name
);

}  // namespace innergate::db
