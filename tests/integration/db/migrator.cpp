#include "app/db/migrator.hpp"

#include <future>
#include <set>
#include <vector>

#include "sql/migrations.hpp"
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <fmt/format.h>

#include "tests/support/test_database.hpp"

namespace innergate::test {
namespace {

using db::Dialect;
using db::Migrator;
using db::Query;

constexpr Query kTablesOfSqlite{
    "test.tables_of_sqlite",
    "select name from sqlite_schema where type in ('table', 'view') "
    "and name not like 'sqlite\\_%' escape '\\'",
};
constexpr Query kTablesOfPostgresql{
    "test.tables_of_postgresql",
    "select table_name from information_schema.tables where table_schema = 'public'",
};
constexpr Query kColumnsOfSqlite{
    "test.columns_of_sqlite",
    "select tables.name || '.' || columns.name "
    "from sqlite_schema as tables, pragma_table_xinfo(tables.name) as columns "
    "where tables.type in ('table', 'view') and tables.name not like 'sqlite\\_%' escape '\\'",
};
constexpr Query kColumnsOfPostgresql{
    "test.columns_of_postgresql",
    "select table_name || '.' || column_name from information_schema.columns "
    "where table_schema = 'public'",
};
constexpr Query kIndexesOfSqlite{
    "test.indexes_of_sqlite",
    "select name from sqlite_schema where type = 'index' and name like 'index\\_%' escape '\\'",
};
constexpr Query kIndexesOfPostgresql{
    "test.indexes_of_postgresql",
    "select indexname from pg_indexes where schemaname = 'public' "
    "and indexname like 'index\\_%' escape '\\'",
};

std::set<std::string> names(
    TestDatabase& database, const Query& of_sqlite, const Query& of_postgresql
) {
    std::set<std::string> all;
    std::string name;
    db::Session& session = database.session();
    session.fetch_each(
        session.dialect() == Dialect::sqlite ? of_sqlite : of_postgresql,
        [&] { all.insert(name); },
        soci::into(name)
    );
    return all;
}

std::set<std::string> tables(TestDatabase& database) {
    return names(database, kTablesOfSqlite, kTablesOfPostgresql);
}

std::vector<int> versions(const std::vector<db::MigrationState>& states) {
    std::vector<int> numbers;
    for (const db::MigrationState& state : states) {
        if (state.is_applied) {
            numbers.push_back(state.version);
        }
    }
    return numbers;
}

std::vector<int> all_versions() {
    std::vector<int> numbers;
    for (const sql::Migration& migration : sql::migrations()) {
        numbers.push_back(migration.version);
    }
    return numbers;
}

/// What one of several migrators, each on a connection of its own, applied.
std::vector<int> migrate(const db::Options& options) {
    db::Usage usage;
    db::Session session{options, usage};
    return versions(Migrator{session, sql::migrations()}.migrate());
}

}  // namespace

BOOST_AUTO_TEST_SUITE(migrator)

BOOST_AUTO_TEST_CASE(versions_start_at_one_and_have_no_gaps) {
    int expected = 1;
    for (const sql::Migration& migration : sql::migrations()) {
        BOOST_TEST(migration.version == expected);
        BOOST_TEST(migration.name.starts_with(fmt::format("{:04}_", expected)), migration.name);
        ++expected;
    }
}

BOOST_DATA_TEST_CASE(empty_database_gets_every_migration_once, dialects(), dialect) {
    TestDatabase database{dialect, Content::empty};
    Migrator migrator{database.session(), sql::migrations()};
    BOOST_TEST(versions(migrator.status()).empty());
    BOOST_TEST(tables(database).empty());  // looking changes nothing
    BOOST_TEST(versions(migrator.migrate()) == all_versions());
    BOOST_TEST(versions(migrator.status()) == all_versions());
    BOOST_TEST(migrator.migrate().empty());
    BOOST_TEST(versions(migrator.status()) == all_versions());
    db::Usage usage;
    db::Session insisting{database.options(), usage};
    BOOST_CHECK_NO_THROW(insisting.ping());
}

BOOST_DATA_TEST_CASE(migrations_can_be_applied_one_by_one, dialects(), dialect) {
    TestDatabase database{dialect, Content::empty};
    const auto all = sql::migrations();
    for (std::size_t count = 1; count <= all.size(); ++count) {
        Migrator migrator{database.session(), all.first(count)};
        BOOST_TEST(
            versions(migrator.migrate()) == std::vector<int>{all[count - 1].version},
            boost::test_tools::per_element()
        );
        BOOST_TEST(migrator.status().size() == count);
    }
    TestDatabase at_once{dialect};
    BOOST_TEST(
        (names(database, kColumnsOfSqlite, kColumnsOfPostgresql) ==
         names(at_once, kColumnsOfSqlite, kColumnsOfPostgresql))
    );
}

BOOST_DATA_TEST_CASE(failing_migration_leaves_the_database_as_it_was, dialects(), dialect) {
    TestDatabase database{dialect, Content::empty};
    const std::vector<sql::Migration> migrations{
        {1, "0001_good", "create table good (id @bigint@ not null) @strict@;\n"},
        {2,
         "0002_bad",
         "create table half (id @bigint@) @strict@;\ninsert into nothing values (1);\n"},
    };
    Migrator migrator{database.session(), migrations};
    BOOST_CHECK_THROW(migrator.migrate(), db::QueryError);
    BOOST_TEST(versions(migrator.status()).empty());
    BOOST_TEST(tables(database).empty());
}

BOOST_DATA_TEST_CASE(of_migrators_at_once_one_does_the_work, dialects(), dialect) {
    const TestDatabase database{dialect, Content::empty};
    db::Options options = database.options();
    options.schema_version = 0;
    options.missing_file = db::MissingFile::create;
    std::vector<std::future<std::vector<int>>> migrators;
    for (int number = 0; number < 4; ++number) {
        migrators.push_back(std::async(std::launch::async, migrate, options));
    }
    std::vector<int> applied;
    for (std::future<std::vector<int>>& migrator : migrators) {
        const std::vector<int> by_this_one = migrator.get();
        applied.insert(applied.end(), by_this_one.begin(), by_this_one.end());
    }
    BOOST_TEST(applied == all_versions(), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(waits_for_who_is_writing_to_a_new_file_of_sqlite) {
    const TestDatabase database{Dialect::sqlite, Content::empty};
    db::Options options = database.options();
    options.schema_version = 0;
    options.missing_file = db::MissingFile::create;
    db::Usage usage;
    db::Session writer{options, usage};
    // Not in write-ahead mode yet: whoever writes then keeps the mode from being changed.
    writer.execute_once("create table early (id integer)");
    writer.execute_once("begin immediate");
    writer.execute_once("insert into early (id) values (1)");
    auto migrator = std::async(std::launch::async, migrate, options);
    BOOST_TEST((migrator.wait_for(std::chrono::milliseconds{300}) == std::future_status::timeout));
    writer.execute_once("commit");
    BOOST_TEST(migrator.get() == all_versions(), boost::test_tools::per_element());
}

BOOST_DATA_TEST_CASE(newer_schema_is_refused_and_left_alone, dialects(), dialect) {
    TestDatabase database{dialect};
    const auto older = sql::migrations().first(sql::migrations().size() - 1);
    const std::set<std::string> before = tables(database);
    Migrator migrator{database.session(), older};
    BOOST_CHECK_THROW(migrator.migrate(), db::Unavailable);
    BOOST_CHECK_THROW(static_cast<void>(migrator.status()), db::Unavailable);
    BOOST_TEST((tables(database) == before));
}

BOOST_AUTO_TEST_CASE(both_databases_get_the_same_tables_columns_and_indexes) {
    if (dialects().size() < 2) {
        return;  // dialects() has said so
    }
    TestDatabase sqlite{Dialect::sqlite};
    TestDatabase postgresql{Dialect::postgresql};
    const auto compare = [&](const Query& of_sqlite, const Query& of_postgresql) {
        const std::set<std::string> left = names(sqlite, of_sqlite, of_postgresql);
        const std::set<std::string> right = names(postgresql, of_sqlite, of_postgresql);
        BOOST_TEST(!left.empty());
        BOOST_TEST(left == right, boost::test_tools::per_element());
    };
    compare(kTablesOfSqlite, kTablesOfPostgresql);
    compare(kColumnsOfSqlite, kColumnsOfPostgresql);
    compare(kIndexesOfSqlite, kIndexesOfPostgresql);
}

BOOST_AUTO_TEST_CASE(sqlite_file_is_left_in_write_ahead_mode) {
    TestDatabase database{Dialect::sqlite};
    std::string mode;
    database.session().fetch_one(
        Query{"test.journal_mode", "pragma journal_mode"}, soci::into(mode)
    );
    BOOST_TEST(mode == "wal");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::test
