// A database that neither refuses nor answers: calls end, others do not begin, and all is well as
// soon as it answers.
#include <atomic>
#include <thread>

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "app/db/call_guard.hpp"
#include "app/db/health.hpp"
#include "app/db/opening.hpp"
#include "app/db/transaction.hpp"
#include "tests/integration/db/things.hpp"
#include "tests/support/private_postgresql.hpp"
#include "tests/support/silent_server.hpp"

namespace innergate::test {
namespace {

using db::Query;
using namespace std::chrono_literals;

constexpr Query kSleep{"things.sleep", "select 1 from pg_sleep(600)"};
constexpr Query kEndless{
    "things.endless",
    "with recursive numbers (n) as (select 1 union all select n + 1 from numbers) "
    "select count(*) from numbers"};
/// For a condition that comes about unless something is broken.
constexpr auto kPatience = 20s;

/// As the sessions of a pool are: with a guard, and one word about the database's health.
struct GuardedSessions {
    explicit GuardedSessions(db::Options base) : options(std::move(base)) {
        options.call_timeout = 300ms;
        options.guard = &guard;
        options.health = &health;
    }

    [[nodiscard]] std::unique_ptr<db::Session> open() {
        auto session = std::make_unique<db::Session>(options, usage);
        session->ping();
        return session;
    }
    [[nodiscard]] std::unique_ptr<db::HealthProbe> probe() {
        db::Options of_probe = options;
        of_probe.call_timeout = 200ms;
        of_probe.asks_though_hung = true;
        return std::make_unique<db::HealthProbe>(
            of_probe, health, [](bool, const std::string&) {}, 50ms
        );
    }
    [[nodiscard]] bool becomes_reachable(bool wanted) const {
        const auto end = std::chrono::steady_clock::now() + kPatience;
        while (health.is_reachable() != wanted && std::chrono::steady_clock::now() < end) {
            std::this_thread::yield();
        }
        return health.is_reachable() == wanted;
    }

    db::Usage usage;
    db::CallGuard guard;
    db::Health health;
    db::Options options;
};

db::Options options_for(const std::string& url) {
    settings::Database settings;
    settings.url = url;
    return db::make_options(settings, "innergate-test").value();
}

/// Openings that an earlier test gave up end when they can.
void wait_for_openings_to_end() {
    const auto end = std::chrono::steady_clock::now() + kPatience;
    while (db::Opening::running() > 0 && std::chrono::steady_clock::now() < end) {
        std::this_thread::yield();
    }
    BOOST_REQUIRE(db::Opening::running() == 0U);
}

void sleep_on(db::Session& session) {
    int one = 0;
    session.fetch_one(kSleep, soci::into(one));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(hangs)

BOOST_DATA_TEST_CASE(
    late_call_is_cut_and_its_session_heals, only(db::Dialect::postgresql), dialect
) {
    const TestDatabase database{dialect};
    GuardedSessions sessions{database.options()};
    const auto session = sessions.open();
    BOOST_CHECK_EXCEPTION(sleep_on(*session), db::TimedOut, [](const db::TimedOut& error) {
        return error.what() == std::string{"things.sleep: no answer for 300 ms"};
    });
    BOOST_TEST(!session->is_open());
    BOOST_TEST(sessions.health.is_hung());
    sessions.health.was_asked(std::nullopt);
    session->ping();
    BOOST_TEST(session->is_open());
}

BOOST_AUTO_TEST_CASE(endless_statement_of_sqlite_is_cut) {
    const TestDatabase database{db::Dialect::sqlite};
    GuardedSessions sessions{database.options()};
    const auto session = sessions.open();
    long long count = 0;
    BOOST_CHECK_THROW(session->fetch_one(kEndless, soci::into(count)), db::TimedOut);
    sessions.health.was_asked(std::nullopt);
    session->ping();
}

BOOST_DATA_TEST_CASE(calls_within_their_deadline_are_left_alone, dialects(), dialect) {
    Things things{dialect};
    GuardedSessions sessions{things.database.options()};
    const auto session = sessions.open();
    const auto end = std::chrono::steady_clock::now() + 3 * sessions.options.call_timeout;
    long long id = 0;
    while (std::chrono::steady_clock::now() < end) {
        ++id;
        Things::add(*session, id, "thing " + std::to_string(id));
    }
    BOOST_TEST(things.count() == id);
    BOOST_TEST(!sessions.health.is_hung());
}

BOOST_DATA_TEST_CASE(while_the_database_hangs_nobody_else_waits, dialects(), dialect) {
    const TestDatabase database{dialect};
    GuardedSessions sessions{database.options()};
    const auto session = sessions.open();
    const unsigned before = sessions.usage.statements;
    sessions.health.call_hung();
    BOOST_CHECK_THROW(session->ping(), db::TimedOut);
    BOOST_CHECK_THROW(db::Transaction{*session}, db::TimedOut);
    db::Session never_opened{sessions.options, sessions.usage};
    BOOST_CHECK_THROW(never_opened.ping(), db::TimedOut);
    BOOST_TEST(!never_opened.is_open());
    BOOST_TEST(sessions.usage.statements - before <= 3U);
    sessions.health.was_asked(std::nullopt);
    session->ping();
}

BOOST_DATA_TEST_CASE(transaction_under_way_may_end_while_another_call_hangs, dialects(), dialect) {
    Things things{dialect};
    GuardedSessions sessions{things.database.options()};
    const auto session = sessions.open();
    db::Transaction transaction{*session};
    Things::add(*session, 1, "one");
    sessions.health.call_hung();
    Things::add(*session, 2, "two");
    transaction.commit();
    BOOST_TEST(things.count() == 2);
}

BOOST_DATA_TEST_CASE(
    transaction_whose_call_was_cut_leaves_nothing, only(db::Dialect::postgresql), dialect
) {
    Things things{dialect};
    GuardedSessions sessions{things.database.options()};
    const auto session = sessions.open();
    {
        db::Transaction transaction{*session};
        Things::add(*session, 1, "one");
        BOOST_CHECK_THROW(sleep_on(*session), db::TimedOut);
        BOOST_CHECK_THROW(Things::add(*session, 2, "two"), db::Unavailable);
        BOOST_CHECK_THROW(transaction.commit(), db::Unavailable);
    }
    BOOST_TEST(things.count() == 0);
}

BOOST_AUTO_TEST_CASE(opening_is_given_up_where_libpq_would_wait) {
    const SilentServer server;
    GuardedSessions sessions{options_for(server.url() + "?connect_timeout=3600")};
    sessions.options.open_timeout = 100ms;
    db::Session session{sessions.options, sessions.usage};
    BOOST_CHECK_THROW(session.ping(), db::Unavailable);
    BOOST_TEST(sessions.health.is_hung());
    BOOST_TEST(db::Opening::running() == 1U);
    // A second attempt waits for the same one.
    sessions.health.was_asked(std::nullopt);
    BOOST_CHECK_THROW(session.ping(), db::Unavailable);
    BOOST_TEST(db::Opening::running() == 1U);
}

BOOST_AUTO_TEST_CASE(opening_that_is_not_answered_is_tried_again_beside_it) {
    const SilentServer server;
    GuardedSessions sessions{options_for(server.url() + "?connect_timeout=3600")};
    sessions.options.open_timeout = 1s;
    sessions.options.reopen_after = 1ms;
    wait_for_openings_to_end();
    db::Session session{sessions.options, sessions.usage};
    BOOST_CHECK_THROW(session.ping(), db::Unavailable);
    BOOST_TEST(db::Opening::running() == 4U);
}

BOOST_AUTO_TEST_CASE(attempts_beside_each_other_come_to_one_connection) {
    if (!PrivatePostgresql::is_installed()) {
        BOOST_TEST_MESSAGE("SKIPPED: PostgreSQL's programs are not installed");
        return;
    }
    PrivatePostgresql server;
    GuardedSessions sessions{options_for(server.url())};
    sessions.options.reopen_after = 1ms;
    const auto session = sessions.open();
    BOOST_CHECK_NO_THROW(session->ping());
    wait_for_openings_to_end();
    server.freeze();
    db::Session late{sessions.options, sessions.usage};
    const std::jthread thaw{[&server](const std::stop_token& given_up) {
        while (db::Opening::running() < 4 && !given_up.stop_requested()) {
            std::this_thread::yield();
        }
        server.thaw();
    }};
    BOOST_CHECK_NO_THROW(late.ping());
}

BOOST_AUTO_TEST_CASE(frozen_server_is_noticed_and_heals) {
    if (!PrivatePostgresql::is_installed()) {
        BOOST_TEST_MESSAGE("SKIPPED: PostgreSQL's programs are not installed");
        return;
    }
    PrivatePostgresql server;
    GuardedSessions sessions{options_for(server.url())};
    auto session = sessions.open();
    const auto probe = sessions.probe();
    BOOST_REQUIRE(sessions.becomes_reachable(true));
    for (int round = 0; round < 3; ++round) {
        server.freeze();
        BOOST_TEST(sessions.becomes_reachable(false));
        BOOST_TEST(sessions.health.fault().has_value());
        BOOST_CHECK_THROW(session->ping(), db::TimedOut);
        if (round == 1) {
            // Whoever ends now does not wait for it either.
            session = std::make_unique<db::Session>(sessions.options, sessions.usage);
        }
        server.thaw();
        BOOST_TEST(sessions.becomes_reachable(true));
        BOOST_TEST(!sessions.health.fault());
        session->ping();
    }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::test
