#include "app/db/columns.hpp"

#include <optional>
#include <string>
#include <string_view>

#include <boost/test/unit_test.hpp>

#include "app/db/statement.hpp"

namespace innergate::db {
namespace {

enum class Colour { red, other };

Colour colour(std::string_view name) {
    return name == "red" ? Colour::red : Colour::other;
}

struct Paint {
    std::string name;
    Colour colour = Colour::other;
};

struct Row {
    long long id = 0;
    Paint paint;
    bool is_dry = false;
    std::optional<int> number;
};

constexpr auto kPaint = columns<Paint>(
    column("paints.name", &Paint::name), converted("paints.colour", colour, &Paint::colour)
);
constexpr auto kRow = columns<Row>(
    column("walls.id", &Row::id),
    within(&Row::paint, kPaint),
    flag("walls.is_dry", &Row::is_dry),
    column(sql("coalesce(walls.number,", "0)"), &Row::number)
);
constexpr auto kOnlyDry = sql("walls.is_dry", "and walls.id > 0");

constexpr auto kFind =
    reading("walls.find", "select", kRow, R"sql(from walls where)sql", kOnlyDry, "limit 1");
constexpr auto kRemove =
    writing("walls.remove", "delete from walls where", kOnlyDry).only_on(Dialect::sqlite);

}  // namespace

BOOST_AUTO_TEST_SUITE(column_tables)

BOOST_AUTO_TEST_CASE(texts_are_joined_with_a_space) {
    BOOST_TEST(kOnlyDry.view() == "walls.is_dry and walls.id > 0");
    static constexpr auto kAlone = sql("alone");
    BOOST_TEST(kAlone.view() == "alone");
    static constexpr auto kEmpty = sql("", "b", "");
    BOOST_TEST(kEmpty.view() == " b ");
}

BOOST_AUTO_TEST_CASE(a_list_has_the_columns_of_parts_where_they_stand) {
    static constexpr auto kList = kRow.list();
    BOOST_TEST(
        kList.view() ==
        "walls.id, paints.name, paints.colour, case when walls.is_dry then 1 else 0 end, "
        "coalesce(walls.number, 0)"
    );
}

BOOST_AUTO_TEST_CASE(each_column_knows_its_place_in_the_row) {
    Row row;
    std::get<0>(kRow.entries).place_in(row) = 7;
    std::get<1>(kRow.entries).place_in(row) = "blue";
    std::get<2>(kRow.entries).place_in(row) = Colour::red;
    std::get<3>(kRow.entries).place_in(row) = true;
    std::get<4>(kRow.entries).place_in(row) = 3;
    BOOST_TEST(row.id == 7);
    BOOST_TEST(row.paint.name == "blue");
    BOOST_TEST((row.paint.colour == Colour::red));
    BOOST_TEST(row.is_dry);
    BOOST_TEST(row.number.value() == 3);
}

BOOST_AUTO_TEST_CASE(a_path_may_lead_through_a_part) {
    static constexpr auto kColumns = columns<Row>(column("paints.name", &Row::paint, &Paint::name));
    Row row;
    std::get<0>(kColumns.entries).place_in(row) = "green";
    BOOST_TEST(row.paint.name == "green");
}

BOOST_AUTO_TEST_CASE(a_statement_is_a_query) {
    const Query find = kFind;
    BOOST_TEST(find.name == "walls.find");
    BOOST_TEST(
        find.sql ==
        "select walls.id, paints.name, paints.colour, "
        "case when walls.is_dry then 1 else 0 end, coalesce(walls.number, 0) "
        "from walls where walls.is_dry and walls.id > 0 limit 1"
    );
    BOOST_TEST((find.access == Access::read));
    BOOST_TEST(!find.only);
    BOOST_TEST((find.sql.data() == kFind.sql.characters.data()));
}

BOOST_AUTO_TEST_CASE(a_writing_statement_is_not_repeated) {
    const Query remove = kRemove;
    BOOST_TEST(remove.sql == "delete from walls where walls.is_dry and walls.id > 0");
    BOOST_TEST((remove.access == Access::write));
    BOOST_TEST((remove.only == Dialect::sqlite));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::db
