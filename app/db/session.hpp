// One database connection with its prepared statements. Belongs to one thread for its whole life.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

#include <soci/soci.h>

#include "app/db/bindings.hpp"
#include "app/db/call_guard.hpp"
#include "app/db/errors.hpp"
#include "app/db/number_cache.hpp"
#include "app/db/opening.hpp"
#include "app/db/options.hpp"
#include "app/db/prepared_statements.hpp"
#include "app/db/query.hpp"
#include "app/db/row_binding.hpp"
#include "app/db/statement.hpp"
#include "app/db/usage.hpp"

namespace innergate::db {

/// Opens on first use, and again after the connection died. Attempts are at least a second apart
/// unless the database has been heard of meanwhile; calls in between throw Unavailable at once.
/// Each query is prepared once per connection.
///
/// A call that runs into Options::call_timeout loses its connection and throws TimedOut. Until the
/// database answers again (Options::health), all others outside of a transaction throw it at once.
///
/// A read that finds the connection dead is repeated once on a new one. A write is not: it may have
/// been committed. Every call throws Unavailable, QueryError or one of its kinds.
class Session {
public:
    /// `usage` is added to by every statement; it must outlive the session.
    Session(Options options, Usage& usage);
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;
    ~Session();

    [[nodiscard]] Dialect dialect() const { return options_.dialect; }
    [[nodiscard]] bool is_open() const { return connection_ != nullptr; }

    /// Reads the only row into the bindings. False: there was none, and they keep their values.
    /// The SQL gives at most one row (unique key or `limit 1`).
    template <class... Bindings>
    bool fetch_one(const Query& query, const Bindings&... bindings) {
        return run(
            query,
            [](soci::statement& statement) {
                const bool found = statement.execute(true);
                // To the end: a SQLite statement left on its row pins the snapshot it reads, so
                // that this session would serve old data and fail to write.
                while (found && statement.fetch()) {
                }
                return found;
            },
            bindings...
        );
    }

    /// Calls `on_row()` with the bindings filled, once per row.
    template <class OnRow, class... Bindings>
    void fetch_each(const Query& query, const OnRow& on_row, const Bindings&... bindings) {
        bool has_row = false;
        run(
            query,
            [&on_row, &has_row](soci::statement& statement) {
                if (has_row) {
                    throw Unavailable{"connection lost while rows were read"};
                }
                for (bool more = statement.execute(true); more; more = statement.fetch()) {
                    has_row = true;
                    on_row();
                }
                return has_row;
            },
            bindings...
        );
    }

    /// The only row of a statement that says where its columns go.
    template <std::size_t Length, class ColumnTable, class... Bindings>
    [[nodiscard]] std::optional<typename ColumnTable::RowType> fetch_row(
        const Statement<Length, ColumnTable>& statement, const Bindings&... bindings
    ) {
        std::optional<typename ColumnTable::RowType> row{std::in_place};
        if (!fetch_one(statement, bindings..., into(statement.columns, *row))) {
            row.reset();
        }
        return row;
    }

    /// All rows of such a statement.
    template <std::size_t Length, class ColumnTable, class... Bindings>
    [[nodiscard]] std::vector<typename ColumnTable::RowType> fetch_rows(
        const Statement<Length, ColumnTable>& statement, const Bindings&... bindings
    ) {
        using Row = typename ColumnTable::RowType;
        std::vector<Row> rows;
        Row row;
        fetch_each(
            statement,
            // Each row begins with the values of a new one.
            [&rows, &row] { rows.push_back(std::exchange(row, Row{})); },
            bindings...,
            into(statement.columns, row)
        );
        return rows;
    }

    /// Answers the number of rows written.
    template <class... Bindings>
    std::size_t execute(const Query& query, const Bindings&... bindings) {
        std::size_t rows = 0;
        run(
            query,
            [&rows](soci::statement& statement) {
                statement.execute(true);
                rows = static_cast<std::size_t>(statement.get_affected_rows());
                return true;
            },
            bindings...
        );
        return rows;
    }

    /// A query whose text is put together at run time, from constants alone: what a request says is
    /// bound. Equal texts share one prepared statement, and kMaxComposedTexts of them are kept. The
    /// query is good until the next one is composed.
    [[nodiscard]] Query compose(
        std::string_view name, std::string sql, Access access = Access::read
    );
    static constexpr std::size_t kMaxComposedTexts = 64;

    /// Null in a transaction: what that sees may be rolled back, or not counted in the version yet.
    [[nodiscard]] NumberCache* number_cache() {
        return transaction_ == TransactionState::none ? &number_cache_ : nullptr;
    }

    /// One statement without parameters, not kept: schema changes, pragmas, transaction control.
    void execute_once(std::string_view sql);

    /// Opens the connection if need be and asks the server for a sign of life.
    void ping();

    /// Opens the connection if need be and compares the schema's version with
    /// Options::schema_version. Throws Unavailable with what to do about it.
    void check_schema();

    /// Gives up the connection; the next use opens a new one.
    void close() noexcept;

private:
    friend class Savepoint;
    friend class Transaction;

    /// What a failed statement means for the caller.
    enum class Verdict { repeat, give_up };

    template <class Action, class... Bindings>
    bool run(const Query& query, const Action& action, const Bindings&... bindings) {
        for (int attempt = 1;; ++attempt) {
            const Timer timer{usage_};
            Deadline deadline{*this};
            try {
                Use use{*this, query};
                (bind(use.statement(), bindings), ...);
                use.statement().define_and_bind();
                const bool result = action(use.statement());
                use.finish();
                count_write(query.access);
                return result;
            } catch (const soci::soci_error& error) {
                if (judge(query, error, attempt, deadline.was_missed()) == Verdict::give_up) {
                    throw;  // not reached: judge() throws our own kind
                }
            }
        }
    }

    template <class Binding>
    static void bind(soci::statement& statement, const Binding& binding) {
        statement.exchange(binding);
    }
    template <class ColumnTable>
    static void bind(soci::statement& statement, const RowBinding<ColumnTable>& binding) {
        bind_columns(statement, binding.columns, binding.row);
    }
    static void bind(soci::statement& statement, const ComposedValues& values) {
        for (std::size_t index = 0; index < values.texts.size(); ++index) {
            statement.exchange(soci::use(values.texts[index], "v" + std::to_string(index)));
        }
    }

    /// One use of a kept statement. At its end it drops the addresses of the caller's variables. On
    /// SQLite it also drops the statement when the use ended in an exception: a statement left on
    /// its row would pin the snapshot it reads. PostgreSQL has no such trouble, and preparing again
    /// costs a round trip.
    class Use {
    public:
        Use(Session& session, const Query& query)
            : session_(session), query_(query), statement_(session.prepared(query)) {}
        Use(const Use&) = delete;
        Use& operator=(const Use&) = delete;
        ~Use() {
            statement_.bind_clean_up();
            if (!is_finished_ && session_.dialect() == Dialect::sqlite) {
                session_.statements_.forget(query_);
            }
        }

        [[nodiscard]] soci::statement& statement() { return statement_; }
        void finish() { is_finished_ = true; }

    private:
        Session& session_;
        const Query& query_;
        soci::statement& statement_;
        bool is_finished_ = false;
    };

    /// Where the Transaction on this session stands.
    enum class TransactionState {
        none,
        open,
        failed,  ///< a statement failed: nothing but a rollback makes sense
        lost,    ///< its connection died: what follows must not run outside of it
    };

    /// Counts a statement and its time.
    struct Timer {
        Usage& usage;
        std::chrono::steady_clock::time_point start = std::chrono::steady_clock::now();
        explicit Timer(Usage& sum) : usage(sum) {}
        Timer(const Timer&) = delete;
        Timer& operator=(const Timer&) = delete;
        ~Timer() {
            usage.duration += std::chrono::steady_clock::now() - start;
            ++usage.statements;
        }
    };

    /// Gives all calls in its scope one deadline. Opening a connection has bounds of its own.
    class Deadline {
    public:
        explicit Deadline(Session& session) : calls_(session.calls_.get()) {
            if (calls_ != nullptr) {
                session.ensure_open();
                session.set_patience();
                calls_->begin();
            }
        }
        Deadline(const Deadline&) = delete;
        Deadline& operator=(const Deadline&) = delete;
        ~Deadline() { [[maybe_unused]] const bool was_cut = was_missed(); }

        /// Ends it.
        [[nodiscard]] bool was_missed() {
            GuardedCalls* const calls = std::exchange(calls_, nullptr);
            return calls != nullptr && calls->end();
        }

    private:
        GuardedCalls* calls_;
    };

    /// Sets how long SQLite's lock is waited for. A request that has written something cannot be
    /// begun anew on another thread, so it waits here.
    void set_patience();
    void count_write(Access access) {
        if (access == Access::write && transaction_ == TransactionState::none) {
            ++usage_.writes;
        }
    }
    void open();
    void connect();
    void connect_to_postgresql();
    void configure();
    /// Opens the connection unless it is there.
    void ensure_open();
    soci::statement& prepared(const Query& query);

    /// Answers repeat for a read on a connection that proved dead, else throws.
    /// `was_cut`: the guard cut the connection.
    Verdict judge(const Query& query, const soci::soci_error& error, int attempt, bool was_cut);
    [[noreturn]] void give_up_hung(std::string_view what);

    Options options_;
    Usage& usage_;
    std::shared_ptr<GuardedCalls> calls_;  ///< null without a guard
    std::optional<Opening> opening_;       ///< an attempt that was not waited for
    std::unordered_set<std::string> composed_texts_;
    // The statements go before the connection they were prepared on: hence this order.
    std::unique_ptr<soci::session> connection_;
    PreparedStatements statements_;
    TransactionState transaction_ = TransactionState::none;
    NumberCache number_cache_;
    std::optional<std::chrono::milliseconds> patience_;  ///< SQLite's, where it was set
    bool is_opening_ = false;
    std::optional<std::chrono::steady_clock::time_point> last_failed_open_;
    std::string last_open_failure_;
};

}  // namespace innergate::db
