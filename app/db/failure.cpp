#include "app/db/failure.hpp"

#include <string_view>

#include <soci/postgresql/soci-postgresql.h>
#include <soci/sqlite3/soci-sqlite3.h>

namespace innergate::db {
namespace {

/// Class 22 of PostgreSQL's states. The first line of such an error quotes the value.
constexpr std::string_view kDataException = "22";

/// SOCI adds the statement and its values below the first line. PostgreSQL adds a DETAIL that
/// quotes them.
std::string first_line(const std::string& text) {
    return text.substr(0, text.find('\n'));
}

FailureKind kind_of_sqlstate(std::string_view sqlstate) {
    // PostgreSQL 15, appendix A.
    if (sqlstate.starts_with("08") || sqlstate == "57P01" || sqlstate == "57P02" ||
        sqlstate == "57P03") {
        return FailureKind::connection_dead;
    }
    // read_only_sql_transaction: the server we know became a standby; another one is primary now.
    if (sqlstate == "25006") {
        return FailureKind::connection_dead;
    }
    // lock_not_available: lock_timeout
    if (sqlstate == "55P03") {
        return FailureKind::locked;
    }
    // insufficient resources, query_canceled (statement_timeout), admin limits.
    if (sqlstate.starts_with("53") || sqlstate == "57014" || sqlstate == "58030") {
        return FailureKind::unavailable;
    }
    // serialization_failure and deadlock_detected
    if (sqlstate == "40001" || sqlstate == "40P01") {
        return FailureKind::conflict;
    }
    if (sqlstate == "23505") {
        return FailureKind::unique_violation;
    }
    return sqlstate.starts_with("23") ? FailureKind::constraint_violation : FailureKind::other;
}

FailureKind kind_of_sqlite(int result, std::string_view message) {
    constexpr int kPrimaryCode = 0xFF;
    switch (result & kPrimaryCode) {
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return FailureKind::locked;
        case SQLITE_READONLY:
        case SQLITE_FULL:
            return FailureKind::unavailable;
        case SQLITE_IOERR:
        case SQLITE_CANTOPEN:
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
            return FailureKind::connection_dead;
        case SQLITE_CONSTRAINT:
            return message.find("UNIQUE constraint") != std::string_view::npos
                       ? FailureKind::unique_violation
                       : FailureKind::constraint_violation;
        default:
            return FailureKind::other;
    }
}

}  // namespace

Failure classify(const soci::soci_error& error) {
    Failure failure{
        .kind = FailureKind::other,
        .sqlstate = {},
        .reason = first_line(error.get_error_message())};
    if (const auto* const postgresql = dynamic_cast<const soci::postgresql_soci_error*>(&error)) {
        failure.sqlstate = postgresql->sqlstate();
        // A blank state comes from libpq, which lost the server, and not from the server.
        const bool is_blank = failure.sqlstate.find_first_not_of(' ') == std::string::npos;
        if (is_blank) {
            failure.sqlstate.clear();
        }
        if (failure.sqlstate.starts_with(kDataException)) {
            failure.reason = "a value does not fit its type";
        }
        failure.kind =
            is_blank || postgresql->get_error_category() == soci::soci_error::connection_error
                ? FailureKind::connection_dead
                : kind_of_sqlstate(failure.sqlstate);
    } else if (const auto* const sqlite = dynamic_cast<const soci::sqlite3_soci_error*>(&error)) {
        failure.kind = kind_of_sqlite(sqlite->result(), failure.reason);
    } else if (error.get_error_category() == soci::soci_error::connection_error || failure.reason.find("not connected") != std::string::npos) {
        failure.kind = FailureKind::connection_dead;
    }
    return failure;
}

}  // namespace innergate::db
