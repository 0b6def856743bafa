#include "app/db/session.hpp"

#include <filesystem>
#include <functional>
#include <sys/socket.h>

#include <fmt/format.h>
#include <libpq-fe.h>
#include <soci/postgresql/soci-postgresql.h>
#include <soci/sqlite3/soci-sqlite3.h>

#include "app/db/database_file.hpp"
#include "app/db/failure.hpp"
#include "app/db/health.hpp"
#include "app/db/sqlite_library.hpp"

namespace innergate::db {
namespace {

constexpr std::chrono::seconds kPauseBetweenOpens{1};

constexpr Query kSchemaVersion{
    "schema_migrations.version",
    "select max(version), max(case when name like '%breaking%' then version end) "
    "from schema_migrations",
};

// SOCI hides the type information of its backends: no dynamic_cast finds it, and neither does the
// sanitizer that checks what other casts come to.
// NOLINTBEGIN(cppcoreguidelines-pro-type-static-cast-downcast)
__attribute__((no_sanitize("vptr"))) sqlite_api::sqlite3* sqlite_handle(soci::session& connection) {
    return static_cast<const soci::sqlite3_session_backend*>(connection.get_backend())->conn_;
}

__attribute__((no_sanitize("vptr"))) int postgresql_socket(soci::session& connection) {
    return PQsocket(
        static_cast<const soci::postgresql_session_backend*>(connection.get_backend())->conn_
    );
}
// NOLINTEND(cppcoreguidelines-pro-type-static-cast-downcast)

/// Makes a function that ends a call which another thread has on the connection. A connection to
/// PostgreSQL is of no use afterwards.
std::function<void()> cutter_of(soci::session& connection, Dialect dialect) {
    if (dialect == Dialect::postgresql) {
        return [socket = postgresql_socket(connection)] { ::shutdown(socket, SHUT_RDWR); };
    }
    return [handle = sqlite_handle(connection)] { sqlite_api::sqlite3_interrupt(handle); };
}

std::string described(const Query& query, const Failure& failure) {
    return fmt::format(
        "{}: {}{}{}",
        query.name,
        failure.sqlstate,
        failure.sqlstate.empty() ? "" : " ",
        failure.reason
    );
}

}  // namespace

Session::Session(Options options, Usage& usage)
    : options_(std::move(options)),
      usage_(usage),
      calls_(
          options_.guard == nullptr ? nullptr : options_.guard->add_session(options_.call_timeout)
      ) {}

Session::~Session() {
    close();
}

void Session::close() noexcept {
    if (calls_ != nullptr) {
        calls_->forget_connection();
    }
    if (connection_ != nullptr && options_.dialect == Dialect::postgresql) {
        // Otherwise each statement would be released in a round trip, and a server that does not
        // answer would hold us here.
        cutter_of(*connection_, options_.dialect)();
    }
    statements_.forget_all();
    connection_.reset();
    patience_.reset();
    // The next connection may be to a database that was restored, or to another server.
    number_cache_.forget_all();
    if (transaction_ != TransactionState::none) {
        transaction_ = TransactionState::lost;
    }
}

void Session::open() {
    const bool was_heard_of = options_.health != nullptr && last_failed_open_ &&
                              options_.health->reachable_since() > *last_failed_open_;
    if (last_failed_open_ && !was_heard_of && !options_.asks_though_hung &&
        std::chrono::steady_clock::now() - *last_failed_open_ < kPauseBetweenOpens) {
        throw Unavailable{last_open_failure_};
    }
    is_opening_ = true;
    try {
        connect();
        if (options_.file && !options_.file->remember()) {
            throw Unavailable{DatabaseFile::advice_on(options_.shown_as)};
        }
        configure();
        if (calls_ != nullptr) {
            calls_->know_connection(cutter_of(*connection_, options_.dialect));
        }
        check_schema();
        last_failed_open_.reset();
        is_opening_ = false;
        return;
    } catch (const soci::soci_error& error) {
        last_open_failure_ =
            fmt::format("cannot open {}: {}", options_.shown_as, classify(error).reason);
    } catch (const Unavailable& unavailable) {
        last_open_failure_ = unavailable.what();
    }
    is_opening_ = false;
    close();
    // The pause begins at the end of the attempt: a server that does not answer takes the whole
    // connect time-out.
    last_failed_open_ = std::chrono::steady_clock::now();
    throw Unavailable{last_open_failure_};
}

void Session::connect() {
    if (options_.dialect == Dialect::postgresql) {
        connect_to_postgresql();
        return;
    }
    // SQLite would create an empty database where an operator mistyped a path.
    if (options_.missing_file == MissingFile::refuse &&
        !std::filesystem::exists(options_.sqlite_path)) {
        throw Unavailable{fmt::format("there is no database file {}", options_.sqlite_path)};
    }
    tune_sqlite();
    connection_ = std::make_unique<soci::session>(soci::sqlite3, options_.connection_string);
}

void Session::connect_to_postgresql() {
    if (!opening_) {
        opening_.emplace(options_.connection_string, options_.reopen_after);
    }
    try {
        connection_ = opening_->wait_for(options_.open_timeout);
    } catch (...) {
        opening_.reset();
        throw;
    }
    if (connection_ == nullptr) {
        // The attempt is kept: the next one waits for it, so that there is never more than one.
        give_up_hung(fmt::format(
            "cannot open {}: no answer for {} ms", options_.shown_as, options_.open_timeout.count()
        ));
    }
    opening_.reset();
}

void Session::give_up_hung(std::string_view what) {
    close();
    if (options_.health != nullptr) {
        options_.health->call_hung();
    }
    throw TimedOut{std::string{what}};
}

void Session::configure() {
    if (options_.dialect == Dialect::sqlite) {
        *connection_ << "pragma foreign_keys = on";
        // Flushing at each commit would let one writer starve the others: see docs/decisions.md.
        *connection_ << "pragma synchronous = normal";
        // Every statement has an index to go by. To build an automatic one, SQLite reads the whole
        // table.
        *connection_ << "pragma automatic_index = off";
    } else if (options_.lock_timeout) {
        *connection_ << fmt::format("set lock_timeout = {}", options_.lock_timeout->count());
    }
}

void Session::set_patience() {
    if (!options_.lock_timeout || options_.dialect != Dialect::sqlite) {
        return;
    }
    const auto patience = usage_.writes == 0 ? *options_.lock_timeout : options_.busy_timeout;
    if (patience_ != patience) {
        sqlite_api::sqlite3_busy_timeout(
            sqlite_handle(*connection_), static_cast<int>(patience.count())
        );
        patience_ = patience;
    }
}

void Session::check_schema() {
    if (options_.schema_version == 0) {
        return;
    }
    std::optional<int> version;
    std::optional<int> breaking;
    try {
        fetch_one(kSchemaVersion, soci::into(version), soci::into(breaking));
    } catch (const QueryError&) {
        throw Unavailable{
            fmt::format("{} has no schema yet: run innergate-admin migrate", options_.shown_as)};
    }
    const int found = version.value_or(0);
    if (found < options_.schema_version) {
        throw Unavailable{fmt::format(
            "the schema is at version {}, this program needs {}: run innergate-admin migrate",
            found,
            options_.schema_version
        )};
    }
    const bool is_survived = options_.newer_schema == NewerSchema::survive &&
                             breaking.value_or(0) <= options_.schema_version;
    if (found > options_.schema_version && !is_survived) {
        throw Unavailable{fmt::format(
            "the schema is at version {}, this program knows {}: the database belongs to a newer "
            "program",
            found,
            options_.schema_version
        )};
    }
}

void Session::ensure_open() {
    if (transaction_ == TransactionState::lost) {
        throw Unavailable{"the connection was lost within a transaction"};
    }
    if (transaction_ == TransactionState::none && !is_opening_ && !options_.asks_though_hung &&
        options_.health != nullptr && options_.health->is_hung()) {
        throw TimedOut{"not asked: the database keeps calls waiting"};
    }
    if (connection_ == nullptr) {
        open();
    } else if (options_.file && transaction_ == TransactionState::none && options_.file->is_replaced()) {
        throw Unavailable{DatabaseFile::advice_on(options_.shown_as)};
    }
}

soci::statement& Session::prepared(const Query& query) {
    ensure_open();
    if (soci::statement* const kept = statements_.find(query); kept != nullptr) {
        return *kept;
    }
    auto fresh = std::make_unique<soci::statement>(*connection_);
    fresh->alloc();
    fresh->prepare(std::string{query.sql});
    return statements_.keep(query, std::move(fresh));
}

Query Session::compose(std::string_view name, std::string sql, Access access) {
    if (composed_texts_.size() >= kMaxComposedTexts && !composed_texts_.contains(sql)) {
        statements_.forget_if([this](const std::string& text) {
            return composed_texts_.contains(text);
        });
        composed_texts_.clear();
    }
    return {name, *composed_texts_.insert(std::move(sql)).first, access};
}

Session::Verdict Session::judge(
    const Query& query, const soci::soci_error& error, int attempt, bool was_cut
) {
    if (was_cut) {
        give_up_hung(
            fmt::format("{}: no answer for {} ms", query.name, options_.call_timeout.count())
        );
    }
    const Failure failure = classify(error);
    const bool may_repeat = query.access == Access::read && attempt == 1 && !is_opening_ &&
                            transaction_ == TransactionState::none;
    if (transaction_ == TransactionState::open) {
        transaction_ = TransactionState::failed;
    }
    switch (failure.kind) {
        case FailureKind::connection_dead:
            close();
            if (may_repeat) {
                return Verdict::repeat;
            }
            throw Unavailable{described(query, failure)};
        case FailureKind::unavailable:
            throw Unavailable{described(query, failure)};
        case FailureKind::locked:
            throw Locked{described(query, failure)};
        case FailureKind::conflict:
            throw Conflict{described(query, failure)};
        case FailureKind::unique_violation:
            throw UniqueViolation{described(query, failure), failure.sqlstate};
        case FailureKind::constraint_violation:
            throw ConstraintViolation{described(query, failure), failure.sqlstate};
        case FailureKind::other:
            break;
    }
    throw QueryError{described(query, failure), failure.sqlstate};
}

void Session::execute_once(std::string_view sql) {
    const Query query{"(single statement)", sql, Access::write};
    const Timer timer{usage_};
    Deadline deadline{*this};
    try {
        ensure_open();
        *connection_ << std::string{sql};
    } catch (const soci::soci_error& error) {
        judge(query, error, 1, deadline.was_missed());
    }
}

void Session::ping() {
    int one = 0;
    fetch_one(Query{"ping", "select 1"}, soci::into(one));
}

}  // namespace innergate::db
