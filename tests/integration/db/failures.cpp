// What a statement that the database refuses becomes, and what its text may say.
#include <functional>

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

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

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::test
