// Rows that are filled by a table of their columns, and statements that are known by their text.
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "app/db/statement.hpp"
#include "app/ids.hpp"
#include "tests/integration/db/things.hpp"

namespace innergate::test {
namespace {

using ThingId = Id<struct ThingTag>;

enum class Level : int { low = 1, high = 2 };
enum class Kind { plain, other };

Kind kind_of(std::string_view name) {
    return name == "plain" ? Kind::plain : Kind::other;
}
long long doubled(long long number) {
    return 2 * number;
}

struct Origin {
    std::optional<ThingId> parent_id;
    std::optional<Date> born_on;
};

struct Thing {
    ThingId id;
    std::optional<std::string> name;
    Origin origin;
    bool is_good = true;
    std::optional<Timestamp> seen_at;
    Level level = Level::low;
    std::optional<Level> no_level = Level::low;
    Kind kind = Kind::other;
    long long twice = 0;
    std::string untouched = "as made";
};

constexpr auto kOrigin = db::columns<Origin>(
    db::column("parent_id", &Origin::parent_id), db::column("born_on", &Origin::born_on)
);
constexpr auto kThing = db::columns<Thing>(
    db::column("id", &Thing::id),
    db::column("name", &Thing::name),
    db::within(&Thing::origin, kOrigin),
    db::flag("is_good", &Thing::is_good),
    db::column("seen_at", &Thing::seen_at),
    db::column("case when id > 1 then 2 else 1 end", &Thing::level),
    db::column("cast(null as integer)", &Thing::no_level),
    db::converted("kind", kind_of, &Thing::kind),
    db::converted("id", doubled, &Thing::twice)
);

constexpr auto kFind =
    db::reading("things.find_row", "select", kThing, "from things where id = :id");
constexpr auto kList = db::reading("things.list_rows", "select", kThing, "from things order by id");
constexpr auto kRenamed = db::writing(
    "things.renamed", "update things set name = :name where id = :id returning", kThing
);

constexpr db::Query kAddWhole{
    "things.add_row",
    "insert into things (id, name, parent_id, is_good, kind, seen_at, born_on) "
    "values (:id, :name, :parent_id, :is_good, 'special', :seen_at, :born_on)",
    db::Access::write,
};

void add_whole(db::Session& session) {
    session.execute(
        kAddWhole,
        soci::use(ThingId{2}, "id"),
        soci::use(std::string{"two"}, "name"),
        soci::use(std::optional{ThingId{1}}, "parent_id"),
        soci::use(true, "is_good"),
        soci::use(parse_timestamp("2026-03-04T05:06:07Z").value(), "seen_at"),
        soci::use(parse_date("2026-03-04").value(), "born_on")
    );
}

std::optional<Thing> find(db::Session& session, long long id) {
    return session.fetch_row(kFind, soci::use(id, "id"));
}

// Each is NULL where its member must have a value.
struct Strict {
    ThingId id;
    Level level = Level::low;
    Kind kind = Kind::plain;
};

constexpr auto kNoId = db::reading(
    "things.no_id",
    "select",
    db::columns<Strict>(db::column("parent_id", &Strict::id)),
    "from things"
);
constexpr auto kNoLevel = db::reading(
    "things.no_level",
    "select",
    db::columns<Strict>(db::column("cast(null as integer)", &Strict::level)),
    "from things"
);
constexpr auto kNoKind = db::reading(
    "things.no_kind",
    "select",
    db::columns<Strict>(db::converted("cast(null as text)", kind_of, &Strict::kind)),
    "from things"
);

}  // namespace

BOOST_AUTO_TEST_SUITE(rows)

BOOST_DATA_TEST_CASE(each_value_comes_to_its_member, dialects(), dialect) {
    Things things{dialect};
    things.add(1, "one");
    add_whole(things.session);
    const std::optional<Thing> thing = find(things.session, 2);
    BOOST_TEST_REQUIRE(thing.has_value());
    BOOST_TEST(thing->id.value == 2);
    BOOST_TEST(thing->name.value() == "two");
    BOOST_TEST(thing->origin.parent_id.value().value == 1);
    BOOST_TEST(to_iso8601(thing->origin.born_on.value()) == "2026-03-04");
    BOOST_TEST(thing->is_good);
    BOOST_TEST((thing->seen_at == parse_timestamp("2026-03-04T05:06:07Z")));
    BOOST_TEST((thing->level == Level::high));
    BOOST_TEST(!thing->no_level.has_value());
    BOOST_TEST((thing->kind == Kind::other));
    BOOST_TEST(thing->twice == 4);
    BOOST_TEST(thing->untouched == "as made");
}

BOOST_DATA_TEST_CASE(what_is_null_is_nothing, dialects(), dialect) {
    Things things{dialect};
    things.add(1, "one");
    const std::optional<Thing> thing = find(things.session, 1);
    BOOST_TEST_REQUIRE(thing.has_value());
    BOOST_TEST(!thing->origin.parent_id.has_value());
    BOOST_TEST(!thing->origin.born_on.has_value());
    BOOST_TEST(!thing->is_good);
    BOOST_TEST(!thing->seen_at.has_value());
    BOOST_TEST((thing->level == Level::low));
    BOOST_TEST((thing->kind == Kind::plain));
}

BOOST_DATA_TEST_CASE(there_may_be_no_row, dialects(), dialect) {
    Things things{dialect};
    BOOST_TEST(!find(things.session, 1).has_value());
    BOOST_TEST(things.session.fetch_rows(kList).empty());
}

BOOST_DATA_TEST_CASE(each_row_begins_anew, dialects(), dialect) {
    Things things{dialect};
    things.add(1, "one");
    add_whole(things.session);
    things.add(3, "three");
    for (int time = 0; time < 2; ++time) {
        const std::vector<Thing> all = things.session.fetch_rows(kList);
        BOOST_TEST_REQUIRE(all.size() == 3U);
        BOOST_TEST(all[0].name.value() == "one");
        BOOST_TEST(all[1].name.value() == "two");
        BOOST_TEST(all[2].name.value() == "three");
        BOOST_TEST(all[1].origin.parent_id.has_value());
        BOOST_TEST(!all[2].origin.parent_id.has_value());
        BOOST_TEST((all[1].kind == Kind::other));
        BOOST_TEST((all[2].kind == Kind::plain));
        BOOST_TEST(all[2].untouched == "as made");
    }
}

BOOST_DATA_TEST_CASE(a_write_may_answer_rows, dialects(), dialect) {
    Things things{dialect};
    things.add(1, "one");
    const std::string name = "uno";
    const auto renamed =
        things.session.fetch_row(kRenamed, soci::use(name, "name"), soci::use(1LL, "id"));
    BOOST_TEST(renamed.value().name.value() == "uno");
    BOOST_TEST(things.find(1).value() == "uno");
}

BOOST_DATA_TEST_CASE(null_needs_a_member_that_can_be_nothing, dialects(), dialect) {
    Things things{dialect};
    things.add(1, "one");
    BOOST_CHECK_THROW(std::ignore = things.session.fetch_row(kNoId), std::exception);
    BOOST_CHECK_THROW(std::ignore = things.session.fetch_row(kNoLevel), std::exception);
    BOOST_CHECK_THROW(std::ignore = things.session.fetch_row(kNoKind), std::exception);
    BOOST_TEST(find(things.session, 1).has_value());
}

// By the address of its text the second would be taken for the first.
BOOST_DATA_TEST_CASE(a_text_is_known_by_what_it_says, dialects(), dialect) {
    Things things{dialect};
    std::string text = "select 1";
    int number = 0;
    const db::Query query{"things.number", text};
    things.session.fetch_one(query, soci::into(number));
    BOOST_TEST(number == 1);
    text.back() = '2';
    things.session.fetch_one(query, soci::into(number));
    BOOST_TEST(number == 2);
    const std::string elsewhere = "select 1";
    things.session.fetch_one(db::Query{"things.number", elsewhere}, soci::into(number));
    BOOST_TEST(number == 1);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::test
