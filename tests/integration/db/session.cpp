#include "app/db/session.hpp"

#include <vector>

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "tests/integration/db/things.hpp"

namespace innergate::test {
namespace {

using db::Access;
using db::Dialect;
using db::Query;

constexpr Query kAddWhole{
    "things.add_whole",
    "insert into things (id, name, parent_id, is_good, seen_at, born_on) "
    "values (:id, :name, :parent_id, :is_good, :seen_at, :born_on)",
    Access::write,
};
constexpr Query kFindWhole{
    "things.find_whole",
    "select name, parent_id, is_good, seen_at, born_on from things where id = :id",
};
constexpr Query kListNames{"things.list_names", "select name from things order by id"};
constexpr Query kRename{"things.rename", "update things set name = name || :suffix", Access::write};

struct Whole {
    std::optional<std::string> name;
    std::optional<long long> parent_id;
    std::optional<bool> is_good;
    std::optional<Timestamp> seen_at;
    std::optional<Date> born_on;

    friend bool operator==(const Whole&, const Whole&) = default;
};

void add_whole(db::Session& session, long long id, const Whole& whole) {
    session.execute(
        kAddWhole,
        soci::use(id, "id"),
        soci::use(whole.name, "name"),
        soci::use(whole.parent_id, "parent_id"),
        soci::use(whole.is_good, "is_good"),
        soci::use(whole.seen_at, "seen_at"),
        soci::use(whole.born_on, "born_on")
    );
}

Whole find_whole(db::Session& session, long long id) {
    Whole whole;
    const bool found = session.fetch_one(
        kFindWhole,
        soci::use(id, "id"),
        soci::into(whole.name),
        soci::into(whole.parent_id),
        soci::into(whole.is_good),
        soci::into(whole.seen_at),
        soci::into(whole.born_on)
    );
    BOOST_REQUIRE(found);
    return whole;
}

std::vector<std::string> names(db::Session& session) {
    std::vector<std::string> all;
    std::string name;
    session.fetch_each(
        kListNames, [&] { all.push_back(name); }, soci::into(name)
    );
    return all;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(session)

BOOST_DATA_TEST_CASE(kept_statement_takes_other_values, dialects(), dialect) {
    Things things{dialect};
    things.add(1, "one");
    things.add(2, "two");
    BOOST_TEST(things.find(1).value() == "one");
    BOOST_TEST(things.find(2).value() == "two");
    BOOST_TEST(!things.find(3));
    BOOST_TEST(things.find(1).value() == "one");
}

BOOST_DATA_TEST_CASE(variables_keep_their_values_when_there_is_no_row, dialects(), dialect) {
    Things things{dialect};
    std::string name = "as before";
    BOOST_TEST(!things.session.fetch_one(kFindThing, soci::use(1LL, "id"), soci::into(name)));
    BOOST_TEST(name == "as before");
}

BOOST_DATA_TEST_CASE(each_row_is_seen_once_and_in_order, dialects(), dialect) {
    Things things{dialect};
    BOOST_TEST(names(things.session).empty());
    things.add(2, "two");
    things.add(1, "one");
    BOOST_TEST(names(things.session) == (std::vector<std::string>{"one", "two"}));
    BOOST_TEST(names(things.session) == (std::vector<std::string>{"one", "two"}));
}

BOOST_DATA_TEST_CASE(writes_answer_how_many_rows_they_touched, dialects(), dialect) {
    Things things{dialect};
    const std::string suffix = "!";
    BOOST_TEST(things.session.execute(kRename, soci::use(suffix, "suffix")) == 0U);
    things.add(1, "one");
    things.add(2, "two");
    BOOST_TEST(things.session.execute(kRename, soci::use(suffix, "suffix")) == 2U);
    BOOST_TEST(things.find(2).value() == "two!");
}

BOOST_DATA_TEST_CASE(statements_are_counted, dialects(), dialect) {
    Things things{dialect};
    things.session.ping();
    things.usage = {};
    things.add(1, "one");
    static_cast<void>(things.find(1));
    BOOST_TEST(things.usage.statements == 2U);
    BOOST_TEST(things.usage.duration.count() > 0);
}

BOOST_DATA_TEST_CASE(values_come_back_as_they_went, dialects(), dialect) {
    using std::chrono::sys_days;
    Things things{dialect};
    things.add(5'000'000'000, "beyond 32 bits");
    const Timestamp seen_at = sys_days{std::chrono::year{2019} / 6 / 27} + std::chrono::hours{15} +
                              std::chrono::milliseconds{219};
    const Whole yes{
        .name = "Grüße, \"'\\:name%",
        .parent_id = 5'000'000'000,
        .is_good = true,
        .seen_at = seen_at,
        .born_on = sys_days{std::chrono::year{2024} / 2 / 29},
    };
    const Whole no{
        .name = "no",
        .parent_id = {},
        .is_good = false,
        .seen_at = seen_at - std::chrono::years{60},
        .born_on = {},
    };
    add_whole(things.session, 1, yes);
    add_whole(things.session, 2, no);
    add_whole(things.session, 3, {});
    BOOST_TEST((find_whole(things.session, 1) == yes));
    BOOST_TEST((find_whole(things.session, 2) == no));
    BOOST_TEST((find_whole(things.session, 3) == Whole{}));
    BOOST_TEST((find_whole(things.session, 1) == yes));
}

// A SQLite statement left on a row pins the snapshot it reads: the session then serves old data,
// and its writes fail.
BOOST_DATA_TEST_CASE(session_sees_what_others_committed, dialects(), dialect) {
    Things things{dialect};
    things.add(1, "one");
    BOOST_TEST(things.find(1).value() == "one");
    Things::add(things.database.session(), 2, "two");
    BOOST_TEST(things.find(2).value() == "two");
    BOOST_TEST(names(things.session).size() == 2U);
    things.add(3, "three");
    BOOST_TEST(things.count() == 3);
}

BOOST_DATA_TEST_CASE(null_where_none_may_be_leaves_no_snapshot_behind, dialects(), dialect) {
    Things things{dialect};
    add_whole(things.session, 1, {});
    BOOST_CHECK_THROW(static_cast<void>(things.find(1)), std::exception);
    Things::add(things.database.session(), 2, "two");
    BOOST_TEST(find_whole(things.session, 2).name.value() == "two");
    things.add(3, "three");
    BOOST_TEST(things.count() == 3);
}

BOOST_DATA_TEST_CASE(reader_that_gives_up_leaves_no_snapshot_behind, dialects(), dialect) {
    Things things{dialect};
    things.add(1, "one");
    things.add(2, "two");
    std::string name;
    const auto give_up = [] { throw std::runtime_error{"seen enough"}; };
    BOOST_CHECK_THROW(
        things.session.fetch_each(kListNames, give_up, soci::into(name)), std::runtime_error
    );
    Things::add(things.database.session(), 3, "three");
    BOOST_TEST(things.find(3).value() == "three");
    things.add(4, "four");
    BOOST_TEST(names(things.session).size() == 4U);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::test
