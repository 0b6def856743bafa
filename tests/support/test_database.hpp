// A migrated, empty database of its own for a test: SQLite in a temporary file, or a fresh database
// on the PostgreSQL server that INNERGATE_TEST_POSTGRESQL_URL names.
#pragma once

#include <chrono>
#include <filesystem>
#include <iosfwd>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "app/db/options.hpp"
#include "app/db/session.hpp"

namespace innergate::test {

/// The databases this run can reach. Without a PostgreSQL it says so loudly, and fails where CI is
/// set: a suite that silently tested half is worse than none.
[[nodiscard]] const std::vector<db::Dialect>& dialects();

/// Those of dialects() that are `dialect`: for what only one of them can do.
[[nodiscard]] std::vector<db::Dialect> only(db::Dialect dialect);

[[nodiscard]] std::string_view to_string(db::Dialect dialect);

/// Only the first database of a kind is made in a run; later ones are copies. On SQLite only those
/// with demo data are copied.
enum class Content { empty, migrated, demo };

/// As the [database] settings of the same names.
struct Timeouts {
    std::chrono::seconds busy{5};
    std::chrono::milliseconds statement{10'000};
};

class TestDatabase {
public:
    explicit TestDatabase(db::Dialect dialect, Content content = Content::migrated);
    TestDatabase(const TestDatabase&) = delete;
    TestDatabase& operator=(const TestDatabase&) = delete;
    ~TestDatabase();

    /// As the [database] url setting takes it.
    [[nodiscard]] const std::string& url() const { return url_; }
    /// For sessions that insist on the current schema and on a database that is there.
    [[nodiscard]] db::Options options(const Timeouts& timeouts = {}) const;

    /// The file of a SQLite database.
    [[nodiscard]] std::filesystem::path file() const;

    /// Removes the database while others use it.
    void destroy();

    /// A session of the test's own, for arranging and looking.
    [[nodiscard]] db::Session& session() { return session_; }
    /// The only column of a query's rows, joined by spaces; NULL is "null".
    [[nodiscard]] std::string look(const std::string& sql);

private:
    db::Dialect dialect_;
    std::string name_;
    std::filesystem::path folder_;
    std::string url_;
    db::Usage usage_;
    db::Session session_;
};

/// One database per dialect for a whole suite that only reads, filled when it is first asked for.
class SharedDatabases {
public:
    using Fill = void (*)(TestDatabase& database);

    explicit SharedDatabases(Fill fill) : fill_(fill) {}

    [[nodiscard]] TestDatabase& on(db::Dialect dialect);

private:
    Fill fill_;
    std::map<db::Dialect, std::unique_ptr<TestDatabase>> databases_;
};

}  // namespace innergate::test

namespace innergate::db {
/// Boost.Test prints data rows.
std::ostream& operator<<(std::ostream& out, Dialect dialect);
}  // namespace innergate::db
