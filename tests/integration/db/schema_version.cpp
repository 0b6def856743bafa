// Sessions and readiness on a database of another schema than the program's.
#include <functional>

#include "sql/migrations.hpp"
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <fmt/format.h>

#include "app/db/readiness.hpp"
#include "tests/support/test_database.hpp"

namespace innergate::test {
namespace {

int newest() {
    return sql::migrations().back().version;
}

void check_unavailable(const TestDatabase& database, const std::string& reason) {
    db::Usage usage;
    db::Session session{database.options(), usage};
    for (int attempt = 0; attempt < 2; ++attempt) {
        try {
            session.ping();
            BOOST_FAIL("nothing was thrown");
        } catch (const db::Unavailable& unavailable) {
            BOOST_TEST(unavailable.what() == reason);
        }
        BOOST_TEST(!session.is_open());
        BOOST_TEST((db::fault_of(session) == reason));
    }
}

/// As pools and the job runner have it, between the migration and their restart.
db::Options surviving(const TestDatabase& database) {
    db::Options options = database.options();
    options.newer_schema = db::NewerSchema::survive;
    return options;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(schema_version)

BOOST_DATA_TEST_CASE(same_version_is_ready, dialects(), dialect) {
    const TestDatabase database{dialect};
    db::Usage usage;
    db::Session session{database.options(), usage};
    BOOST_TEST(!db::fault_of(session).has_value());
    BOOST_TEST(session.is_open());
}

BOOST_DATA_TEST_CASE(database_without_schema_is_unavailable, dialects(), dialect) {
    TestDatabase database{dialect, Content::empty};
    database.session().ping();  // a file of SQLite's is made on first use
    check_unavailable(
        database, database.options().shown_as + " has no schema yet: run innergate-admin migrate"
    );
}

BOOST_DATA_TEST_CASE(older_schema_is_unavailable, dialects(), dialect) {
    TestDatabase database{dialect};
    database.session().execute_once(
        fmt::format("delete from schema_migrations where version = {}", newest())
    );
    check_unavailable(
        database,
        fmt::format(
            "the schema is at version {}, this program needs {}: run innergate-admin migrate",
            newest() - 1,
            newest()
        )
    );
}

BOOST_DATA_TEST_CASE(newer_schema_is_unavailable, dialects(), dialect) {
    TestDatabase database{dialect};
    database.session().execute_once(fmt::format(
        "insert into schema_migrations (version, name) values ({}, 'from the future')", newest() + 1
    ));
    check_unavailable(
        database,
        fmt::format(
            "the schema is at version {}, this program knows {}: the database belongs to a newer "
            "program",
            newest() + 1,
            newest()
        )
    );
}

BOOST_DATA_TEST_CASE(who_is_to_be_restarted_survives_a_newer_schema, dialects(), dialect) {
    TestDatabase database{dialect};
    db::Usage usage;
    db::Session before{surviving(database), usage};
    BOOST_TEST(!db::fault_of(before).has_value());
    database.session().execute_once(fmt::format(
        "insert into schema_migrations (version, name) values ({}, '9999_more')", newest() + 1
    ));
    db::Session after{surviving(database), usage};
    BOOST_TEST(!db::fault_of(before).has_value());
    BOOST_TEST(!db::fault_of(after).has_value());
}

BOOST_DATA_TEST_CASE(nobody_survives_a_breaking_migration, dialects(), dialect) {
    TestDatabase database{dialect};
    db::Usage usage;
    db::Session before{surviving(database), usage};
    BOOST_TEST(!db::fault_of(before).has_value());
    database.session().execute_once(fmt::format(
        "insert into schema_migrations (version, name) values ({}, '9998_breaking'), "
        "({}, '9999_more')",
        newest() + 1,
        newest() + 2
    ));
    db::Session after{surviving(database), usage};
    BOOST_TEST(db::fault_of(before).has_value());
    BOOST_TEST(db::fault_of(after).has_value());
}

// A load balancer must notice even though the session was opened while all was well.
BOOST_DATA_TEST_CASE(readiness_notices_a_migration_under_way, dialects(), dialect) {
    TestDatabase database{dialect};
    db::Usage usage;
    db::Session session{database.options(), usage};
    BOOST_TEST(!db::fault_of(session).has_value());
    database.session().execute_once(fmt::format(
        "insert into schema_migrations (version, name) values ({}, 'from the future')", newest() + 1
    ));
    BOOST_TEST(db::fault_of(session).has_value());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::test
