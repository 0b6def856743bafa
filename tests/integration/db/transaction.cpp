#include "app/db/transaction.hpp"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "tests/integration/db/things.hpp"

namespace innergate::test {
namespace {

using db::Dialect;
using db::Query;
using db::Transaction;

constexpr Query kBackend{"things.backend", "select pg_backend_pid()"};
constexpr Query kTerminate{
    "things.terminate", "select 1 from pg_terminate_backend(:backend, 10000)"};

void cut_connection(Things& things) {
    int backend = 0;
    int one = 0;
    things.session.fetch_one(kBackend, soci::into(backend));
    things.database.session().fetch_one(kTerminate, soci::use(backend, "backend"), soci::into(one));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(transaction)

BOOST_DATA_TEST_CASE(others_see_the_change_when_it_is_committed, dialects(), dialect) {
    Things things{dialect};
    Transaction change{things.session};
    things.add(1, "one");
    things.add(2, "two");
    BOOST_TEST(things.count() == 0);
    change.commit();
    BOOST_TEST(things.count() == 2);
}

BOOST_DATA_TEST_CASE(leaving_the_scope_rolls_back, dialects(), dialect) {
    Things things{dialect};
    {
        const Transaction change{things.session};
        things.add(1, "one");
        BOOST_TEST(things.find(1).has_value());
    }
    BOOST_TEST(things.count() == 0);
    BOOST_TEST(!things.find(1));
    things.add(1, "one");
    BOOST_TEST(things.count() == 1);
}

BOOST_DATA_TEST_CASE(failed_statement_undoes_the_whole_change, dialects(), dialect) {
    Things things{dialect};
    things.add(1, "one");
    const auto change = [&] {
        Transaction transaction{things.session};
        things.add(2, "two");
        things.add(3, "one");
        transaction.commit();
    };
    BOOST_CHECK_THROW(change(), db::UniqueViolation);
    BOOST_TEST(things.count() == 1);
    things.add(2, "two");
    BOOST_TEST(things.count() == 2);
}

// PostgreSQL answers "commit" after a failed statement by rolling back, and calls that a success;
// SQLite would commit the rest.
BOOST_DATA_TEST_CASE(change_with_a_failed_statement_cannot_be_committed, dialects(), dialect) {
    Things things{dialect};
    things.add(1, "one");
    {
        Transaction change{things.session};
        things.add(2, "two");
        BOOST_CHECK_THROW(things.add(3, "one"), db::UniqueViolation);
        BOOST_CHECK_THROW(change.commit(), db::QueryError);
    }
    BOOST_TEST(things.count() == 1);
    Transaction next{things.session};
    things.add(2, "two");
    next.commit();
    BOOST_TEST(things.count() == 2);
}

BOOST_AUTO_TEST_CASE(writers_queue_from_the_start_on_sqlite) {
    Things things{
        Dialect::sqlite,
        {.busy = std::chrono::seconds{1}, .statement = std::chrono::milliseconds{10'000}}};
    {
        Transaction first{things.database.session()};
        BOOST_CHECK_THROW(Transaction{things.session}, db::Unavailable);
        first.commit();
    }
    Transaction second{things.session};
    things.add(1, "one");
    second.commit();
    BOOST_TEST(things.count() == 1);
}

BOOST_DATA_TEST_CASE(
    connection_lost_under_way_undoes_the_change, only(Dialect::postgresql), dialect
) {
    Things things{dialect};
    things.add(1, "one");
    {
        Transaction change{things.session};
        things.add(2, "two");
        cut_connection(things);
        // Not even a read is repeated: it would see the database without the change.
        BOOST_CHECK_THROW(static_cast<void>(things.find(1)), db::Unavailable);
        // Nor does the rest run on its own, on the connection that comes next.
        BOOST_CHECK_THROW(things.add(3, "three"), db::Unavailable);
        BOOST_CHECK_THROW(change.commit(), db::Unavailable);
    }
    BOOST_TEST(things.count() == 1);
    things.add(2, "two");
    BOOST_TEST(things.count() == 2);
}

BOOST_DATA_TEST_CASE(
    connection_lost_before_the_commit_is_no_success, only(Dialect::postgresql), dialect
) {
    Things things{dialect};
    {
        Transaction change{things.session};
        things.add(1, "one");
        cut_connection(things);
        BOOST_CHECK_THROW(change.commit(), db::Unavailable);
    }
    BOOST_TEST(things.count() == 0);
}

BOOST_DATA_TEST_CASE(
    transaction_on_a_dead_connection_begins_on_a_new_one, only(Dialect::postgresql), dialect
) {
    Things things{dialect};
    cut_connection(things);
    BOOST_CHECK_THROW(Transaction{things.session}, db::Unavailable);
    Transaction change{things.session};
    things.add(1, "one");
    change.commit();
    BOOST_TEST(things.count() == 1);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::test
