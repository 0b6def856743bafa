// A PostgreSQL that goes away and comes back: what is repeated, what is not, and when we try again.
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <fmt/format.h>

#include "tests/integration/db/things.hpp"
#include "tests/support/private_postgresql.hpp"
#include "tests/support/silent_server.hpp"

namespace innergate::test {
namespace {

using db::Access;
using db::Dialect;
using db::Query;
using std::chrono::steady_clock;

constexpr Query kBackend{"things.backend", "select pg_backend_pid()"};
constexpr Query kTerminate{
    "things.terminate", "select 1 from pg_terminate_backend(:backend, 10000)"};
constexpr Query kAttempts{"things.attempts", "select last_value from attempts"};
// Sequences are not rolled back, so they count the attempts of statements that never end well.
constexpr Query kFatalRead{
    "things.fatal_read", "select nextval('attempts'), pg_terminate_backend(pg_backend_pid())"};
constexpr Query kFatalWrite{
    "things.fatal_write",
    "insert into things (id, name) "
    "select nextval('attempts'), 'x' from pg_terminate_backend(pg_backend_pid())",
    Access::write,
};

int backend_of(db::Session& session) {
    int backend = 0;
    session.fetch_one(kBackend, soci::into(backend));
    return backend;
}

/// As an administrator's pg_terminate_backend() or a fail-over does it. Waits until it is done.
void cut_connection(Things& things) {
    const int backend = backend_of(things.session);
    int one = 0;
    things.database.session().fetch_one(kTerminate, soci::use(backend, "backend"), soci::into(one));
}

long long attempts(Things& things) {
    long long last = 0;
    things.database.session().fetch_one(kAttempts, soci::into(last));
    return last;
}

db::Options options_for(const std::string& url) {
    settings::Database settings;
    settings.url = url;
    return db::make_options(settings, "innergate-test").value();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(outages)

BOOST_DATA_TEST_CASE(
    read_on_a_dead_connection_is_repeated_on_a_new_one, only(Dialect::postgresql), dialect
) {
    Things things{dialect};
    things.add(1, "one");
    const int before = backend_of(things.session);
    cut_connection(things);
    BOOST_TEST(things.find(1).value() == "one");
    BOOST_TEST(backend_of(things.session) != before);
}

BOOST_DATA_TEST_CASE(read_is_repeated_only_once, only(Dialect::postgresql), dialect) {
    Things things{dialect};
    things.database.session().execute_once("create sequence attempts");
    long long number = 0;
    BOOST_CHECK_THROW(things.session.fetch_one(kFatalRead, soci::into(number)), db::Unavailable);
    BOOST_TEST(attempts(things) == 2);
    BOOST_TEST(!things.session.is_open());
}

BOOST_DATA_TEST_CASE(
    write_on_a_dead_connection_is_not_repeated, only(Dialect::postgresql), dialect
) {
    Things things{dialect};
    things.add(1, "one");
    cut_connection(things);
    BOOST_CHECK_THROW(things.add(2, "two"), db::Unavailable);
    BOOST_TEST(!things.session.is_open());
    BOOST_TEST(things.count() == 1);
    things.add(2, "two");
    BOOST_TEST(things.count() == 2);
}

BOOST_DATA_TEST_CASE(
    write_that_loses_its_connection_under_way_happens_once, only(Dialect::postgresql), dialect
) {
    Things things{dialect};
    things.database.session().execute_once("create sequence attempts");
    BOOST_CHECK_THROW(things.session.execute(kFatalWrite), db::Unavailable);
    BOOST_TEST(attempts(things) == 1);
    BOOST_TEST(things.count() == 0);
}

BOOST_AUTO_TEST_CASE(attempts_to_connect_are_a_second_apart) {
    const SilentServer server;
    db::Usage usage;
    db::Session session{options_for(server.url()), usage};
    std::string first;
    try {
        session.ping();
        BOOST_FAIL("nothing was thrown");
    } catch (const db::Unavailable& unavailable) {
        first = unavailable.what();
    }
    BOOST_TEST(first.find("planted-password") == std::string::npos, first);
    const auto start = steady_clock::now();
    for (int repeat = 0; repeat < 100; ++repeat) {
        BOOST_CHECK_THROW(session.ping(), db::Unavailable);
    }
    // A single attempt takes the two seconds of connect_timeout.
    BOOST_TEST((steady_clock::now() - start < std::chrono::seconds{1}));
}

BOOST_AUTO_TEST_CASE(refused_connection_names_the_server_and_no_password) {
    db::Usage usage;
    db::Session session{options_for("postgresql://who:planted-password@127.0.0.1:1/none"), usage};
    try {
        session.ping();
        BOOST_FAIL("nothing was thrown");
    } catch (const db::Unavailable& unavailable) {
        const std::string text = unavailable.what();
        BOOST_TEST(text.starts_with("cannot open postgresql database 'none' on '127.0.0.1'"), text);
        BOOST_TEST(text.find("planted-password") == std::string::npos, text);
    }
}

BOOST_AUTO_TEST_CASE(session_heals_when_the_server_is_back) {
    if (!PrivatePostgresql::is_installed()) {
        BOOST_TEST_MESSAGE("SKIPPED: PostgreSQL's programs are not installed");
        return;
    }
    PrivatePostgresql server;
    db::Usage usage;
    db::Session session{options_for(server.url()), usage};
    session.execute_once("create table things (id bigint primary key, name text)");
    Things::add(session, 1, "one");
    for (int round = 0; round < 2; ++round) {
        server.stop();
        BOOST_CHECK_THROW(static_cast<void>(Things::find(session, 1)), db::Unavailable);
        BOOST_CHECK_THROW(Things::add(session, 2, "two"), db::Unavailable);
        server.start();
        const auto deadline = steady_clock::now() + std::chrono::seconds{10};
        std::optional<std::string> name;
        while (!name && steady_clock::now() < deadline) {
            try {
                name = Things::find(session, 1);
            } catch (const db::Unavailable&) {
                continue;  // a second has not passed since the last attempt
            }
        }
        BOOST_TEST((name == "one"));
    }
    BOOST_TEST(!Things::find(session, 2));
    Things::add(session, 2, "two");
    BOOST_TEST(Things::find(session, 2).value() == "two");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::test
