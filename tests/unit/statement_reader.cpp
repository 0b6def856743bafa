// What the tests of all statements rest on: whoever reads them leaves none out.
#include "tests/support/statement_reader.hpp"

#include <stdexcept>
#include <string>
#include <tuple>

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

namespace innergate::test {
namespace {

WrittenStatement only_statement(const std::string& text) {
    const auto statements = read_statements({{"store.cpp", text}});
    BOOST_TEST_REQUIRE(statements.size() == 1U);
    return statements.front();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(statement_reader)

BOOST_AUTO_TEST_CASE(a_query_is_read) {
    const auto read = only_statement(R"cpp(
        // constexpr db::Query kOld{"a.old", "select 2"};
        constexpr db::Query kFind{"a.find", R"sql(
    select '{', "b" from a)sql"};
        constexpr long long kMost = 10'000;
        constexpr char kQuote = '"';
        bool find(const db::Query& query);)cpp");
    BOOST_TEST(read.path == "store.cpp");
    BOOST_TEST(read.name == "a.find");
    BOOST_TEST(read.sql == "\n    select '{', \"b\" from a");
    BOOST_TEST((read.access == db::Access::read));
    BOOST_TEST(!read.only);
}

BOOST_AUTO_TEST_CASE(a_query_says_that_it_writes_and_where) {
    const auto read = only_statement(R"cpp(
        constexpr db::Query kAdd{
            "a.add",
            "insert into a " /* two literals */ "default values",
            db::Access::write,
            db::Dialect::postgresql,
        };)cpp");
    BOOST_TEST(read.sql == "insert into a default values");
    BOOST_TEST((read.access == db::Access::write));
    BOOST_TEST((read.only == db::Dialect::postgresql));
}

BOOST_AUTO_TEST_CASE(a_composed_statement_is_read_with_its_parts) {
    const auto statements = read_statements(
        {{"part.hpp", R"cpp(inline constexpr auto kIsOn = db::sql("a.is_on", "and a.id > 0");)cpp"},
         {"store.cpp", R"cpp(
              constexpr auto kPart = db::columns<Part>(db::column("a.name", &Part::name));
              constexpr auto kRow = db::columns<std::pair<Row, int>>(
                  db::column("a.id", &Row::id, &Id::value),
                  db::within(&Row::part, kPart),
                  db::flag("a.is_good", &Row::is_good),
                  db::converted(db::sql("lower(", "a.state)"), state_of, &Row::state)
              );
              constexpr auto kFind = db::reading("a.find", "select", kRow, "from a where", kIsOn);
              constexpr auto kDrop = db::writing("a.drop", "delete from a").only_on(db::Dialect::sqlite);)cpp"}}
    );
    BOOST_TEST_REQUIRE(statements.size() == 2U);
    BOOST_TEST(statements[0].name == "a.drop");
    BOOST_TEST((statements[0].access == db::Access::write));
    BOOST_TEST((statements[0].only == db::Dialect::sqlite));
    BOOST_TEST(statements[1].name == "a.find");
    BOOST_TEST((statements[1].access == db::Access::read));
    BOOST_TEST(
        statements[1].sql ==
        "select a.id, a.name, case when a.is_good then 1 else 0 end, lower( a.state) "
        "from a where a.is_on and a.id > 0"
    );
}

BOOST_DATA_TEST_CASE(
    what_cannot_be_read_is_an_error,
    boost::unit_test::data::make({
        R"cpp(const db::Query kFind{"a.find", "select 1"};)cpp",
        R"cpp(constexpr db::Query kFind = {"a.find", "select 1"};)cpp",
        R"cpp(constexpr db::Query kFind{"a.find", text_of(1)};)cpp",
        R"cpp(constexpr db::Query kFind{"a.find", kText};)cpp",
        R"cpp(constexpr db::Query kFind{"a.find"};)cpp",
        R"cpp(constexpr db::Query kFind{"a.find", "select 1", kAccess};)cpp",
        R"cpp(constexpr db::Query kFind{"a.find", "select 1", db::Access::read, kDialect};)cpp",
        R"cpp(constexpr db::Query kFind{"a.find", "select " + kColumns};)cpp",
        R"cpp(session.fetch_one(db::Query{"a.find", "select 1"});)cpp",
        R"cpp(const auto find = db::reading("a.find", "select 1");)cpp",
        R"cpp(constexpr auto kFind = db::reading("a.find", kColumns.list());)cpp",
        R"cpp(constexpr auto kFind = db::reading("a.find", kNowhere);)cpp",
        R"cpp(constexpr auto kFind = db::writing("a.find");)cpp",
        R"cpp(session.fetch_one(db::reading("a.find", "select 1"));)cpp",
    }),
    text
) {
    BOOST_CHECK_THROW(std::ignore = read_statements({{"store.cpp", text}}), std::runtime_error);
}

BOOST_AUTO_TEST_CASE(a_part_of_another_source_file_is_not_known) {
    BOOST_CHECK_THROW(
        std::ignore = read_statements(
            {{"other.cpp", R"cpp(constexpr auto kText = db::sql("select 1");)cpp"},
             {"store.cpp", R"cpp(constexpr auto kFind = db::reading("a.find", kText);)cpp"}}
        ),
        std::runtime_error
    );
}

BOOST_AUTO_TEST_CASE(the_stores_have_many_statements) {
    BOOST_TEST(store_queries().size() > 150U);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::test
