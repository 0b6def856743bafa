// What a statement that the database refuses becomes, and what its text may say.
#include <array>
#include <barrier>
#include <functional>
#include <thread>

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "app/db/transaction.hpp"
#include "tests/integration/db/things.hpp"

namespace innergate::test {
namespace {

using db::Access;
using db::Dialect;
using db::Query;

constexpr std::string_view kPlanted = "planted-value";

constexpr Query kAddChild{
    "things.add_child",
    "insert into things (id, name, parent_id) values (:id, :name, 404)",
    Access::write,
};
constexpr Query kAddKindless{
    "things.add_kindless",
    "insert into things (id, name, kind) values (:id, :name, null)",
    Access::write,
};
constexpr Query kUnknownTable{"nothings.find", "select 1 from nothings where name = :name"};
constexpr Query kAsNumber{"things.as_number", "select cast(:name as integer)"};
constexpr Query kAsDate{"things.as_date", "select cast(:name as date)"};
constexpr Query kSleep{"things.sleep", "select 1 from pg_sleep(30)"};
constexpr Query kBackend{"things.backend", "select pg_backend_pid()"};

/// Runs `statement`, which must fail as an `Expected`, and answers the text.
template <class Expected>
std::string text_of(const std::function<void()>& statement) {
    try {
        statement();
    } catch (const Expected& error) {
        return error.what();
    }
    BOOST_FAIL("nothing was thrown");
    return {};
}

void check_text(const std::string& text, std::string_view query_name) {
    BOOST_TEST(text.starts_with(query_name), text);
    BOOST_TEST(text.find(kPlanted) == std::string::npos, text);
    BOOST_TEST(text.find('\n') == std::string::npos, text);
}

std::function<void()> named(Things& things, const Query& query) {
    return [&things, &query] {
        const std::string name{kPlanted};
        const long long id = 2;
        if (query.sql.find(":id") == std::string_view::npos) {
            things.session.execute(query, soci::use(name, "name"));
        } else {
            things.session.execute(query, soci::use(id, "id"), soci::use(name, "name"));
        }
    };
}

}  // namespace

BOOST_AUTO_TEST_SUITE(failures)

BOOST_DATA_TEST_CASE(second_of_a_unique_value_is_a_unique_violation, dialects(), dialect) {
    Things things{dialect};
    things.add(1, std::string{kPlanted});
    check_text(text_of<db::UniqueViolation>(named(things, kAddThing)), "things.add: ");
    BOOST_TEST(things.count() == 1);
    things.add(3, "the session is as good as before");
    BOOST_TEST(things.count() == 2);
}

BOOST_DATA_TEST_CASE(repeated_primary_key_is_a_unique_violation, dialects(), dialect) {
    Things things{dialect};
    things.add(2, "two");
    check_text(text_of<db::UniqueViolation>(named(things, kAddThing)), "things.add: ");
}

BOOST_DATA_TEST_CASE(missing_parent_is_a_constraint_violation, dialects(), dialect) {
    Things things{dialect};
    check_text(text_of<db::ConstraintViolation>(named(things, kAddChild)), "things.add_child: ");
    BOOST_TEST(things.count() == 0);
}

BOOST_DATA_TEST_CASE(null_and_failed_check_are_constraint_violations, dialects(), dialect) {
    Things things{dialect};
    check_text(
        text_of<db::ConstraintViolation>(named(things, kAddKindless)), "things.add_kindless: "
    );
    check_text(text_of<db::ConstraintViolation>([&] { things.add(1, ""); }), "things.add: ");
}

BOOST_DATA_TEST_CASE(broken_statement_is_a_query_error, dialects(), dialect) {
    Things things{dialect};
    check_text(text_of<db::QueryError>(named(things, kUnknownTable)), "nothings.find: ");
    things.add(1, "one");
    BOOST_TEST(things.count() == 1);
}

// PostgreSQL quotes the value in the first line of these, too.
BOOST_DATA_TEST_CASE(
    value_that_cannot_be_converted_is_not_quoted, only(Dialect::postgresql), dialect
) {
    Things things{dialect};
    check_text(text_of<db::QueryError>(named(things, kAsNumber)), "things.as_number: 22P02");
    check_text(text_of<db::QueryError>(named(things, kAsDate)), "things.as_date: 22007");
}

BOOST_DATA_TEST_CASE(sqlstate_is_kept, only(Dialect::postgresql), dialect) {
    Things things{dialect};
    things.add(1, std::string{kPlanted});
    try {
        things.add(2, std::string{kPlanted});
        BOOST_FAIL("nothing was thrown");
    } catch (const db::QueryError& error) {
        BOOST_TEST(error.sqlstate() == "23505");
    }
}

BOOST_DATA_TEST_CASE(slow_statement_is_unavailable, only(Dialect::postgresql), dialect) {
    Things things{
        dialect, {.busy = std::chrono::seconds{1}, .statement = std::chrono::milliseconds{50}}};
    int before = 0;
    int after = 0;
    int one = 0;
    things.session.fetch_one(kBackend, soci::into(before));
    check_text(
        text_of<db::Unavailable>([&] { things.session.fetch_one(kSleep, soci::into(one)); }),
        "things.sleep: 57014"
    );
    BOOST_TEST(things.session.is_open());
    things.session.fetch_one(kBackend, soci::into(after));
    BOOST_TEST(before == after);
}

// Whoever lost against another transaction may come again.
BOOST_DATA_TEST_CASE(deadlock_is_unavailable, only(Dialect::postgresql), dialect) {
    Things things{dialect};
    things.add(1, "one");
    things.add(2, "two");
    std::barrier both_have_one{2};
    std::array<std::string, 2> texts;
    {
        const auto take_both = [&](std::size_t number, std::array<std::string_view, 2> updates) {
            db::Usage usage;
            db::Session session{things.database.options(), usage};
            const db::Transaction transaction{session};
            session.execute_once("set local deadlock_timeout = '10ms'");
            session.execute_once(updates[0]);
            both_have_one.arrive_and_wait();
            try {
                session.execute_once(updates[1]);
            } catch (const db::Unavailable& error) {
                texts.at(number) = error.what();
            }
        };
        constexpr std::string_view kOne = "update things set kind = 'x' where id = 1";
        constexpr std::string_view kTwo = "update things set kind = 'x' where id = 2";
        const std::jthread first{take_both, 0, std::array{kOne, kTwo}};
        const std::jthread second{take_both, 1, std::array{kTwo, kOne}};
    }
    const std::string text = texts[0] + texts[1];
    BOOST_TEST(text.starts_with("(single statement): 40P01"), text);
}

BOOST_DATA_TEST_CASE(serialization_failure_is_unavailable, only(Dialect::postgresql), dialect) {
    Things things{dialect};
    things.add(1, "one");
    db::Usage usage;
    db::Session other{things.database.options(), usage};
    const db::Transaction transaction{things.session};
    things.session.execute_once("set transaction isolation level repeatable read");
    BOOST_TEST(things.find(1).value() == "one");
    other.execute_once("update things set name = 'b'");
    const std::string text = text_of<db::Unavailable>([&] {
        things.session.execute_once("update things set name = 'a'");
    });
    BOOST_TEST(text.starts_with("(single statement): 40001"), text);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::test
