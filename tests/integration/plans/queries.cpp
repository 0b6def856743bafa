// No statement of a store may read a large table from end to end, on either database.
#include <algorithm>
#include <array>
#include <ostream>
#include <regex>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <fmt/format.h>

#include "tests/integration/plans/large_database.hpp"
#include "tests/integration/plans/plan.hpp"
#include "tests/support/statement_reader.hpp"

namespace innergate::db {

// NOLINTNEXTLINE(misc-use-anonymous-namespace): found by argument-dependent lookup
static std::ostream& operator<<(std::ostream& out, const Query& query) {
    return out << query.name;
}

}  // namespace innergate::db

namespace innergate::test {
namespace {

using db::Query;

constexpr long long kSmallTable = 1000;

/// Tables small enough to be read whole; everything else that is named in a scan is not.
std::set<std::string> small_tables(db::Session& session) {
    std::set<std::string> small;
    for (const std::string_view table :
         {"plans",
          "application_settings",
          "broadcast_messages",
          "subscription_add_ons",
          "namespace_figure_changes"}) {
        long long count = 0;
        session.fetch_one(
            query_of(fmt::format("select count(*) from {}", table)), soci::into(count)
        );
        if (count <= kSmallTable) {
            small.emplace(table);
        }
    }
    return small;
}

/// Tables that a statement has to count: whoever shows a list in pages says how long it is.
std::set<std::string> counted_tables(const Query& query) {
    if (query.name == "limit_exclusions.list") {
        return {"namespaces_storage_limit_exclusions"};
    }
    return {};
}

/// The names that a statement gives to its own parts, and to tables that are small.
std::set<std::string> parts(std::string_view sql) {
    static const std::array patterns{
        std::regex{R"((\w+)\s*\([\w\s,]*\)\s+as\s+(?:materialized\s+)?\()"},
        std::regex{R"((\w+)\s+as\s+(?:materialized\s+)?\()"},
        std::regex{R"(\)\s+as\s+(\w+))"},
        std::regex{R"((?:plans|application_settings|subscription_add_ons)\s+as\s+(\w+))"},
    };
    const std::string text{sql};
    std::set<std::string> names;
    for (const std::regex& pattern : patterns) {
        for (std::sregex_iterator match{text.begin(), text.end(), pattern}, end; match != end;
             ++match) {
            names.insert((*match)[1].str());
        }
    }
    return names;
}

/// As operators have it, who never let SQLite look at what its tables hold.
TestDatabase& database_without_statistics(db::Dialect dialect) {
    static SharedDatabases databases{[](TestDatabase&) {}};
    return databases.on(dialect);
}

/// In SQLite's plans the tables of a join stand below each other, the outermost first.
bool reads_a_list_repeatedly(const std::vector<std::string>& plan) {
    const auto is_list = [](const std::string& line) {
        return line.find("VIRTUAL TABLE") != std::string::npos;
    };
    const auto repeated = std::ranges::adjacent_find(
        plan,
        [&is_list](const std::string& outer, const std::string& inner) {
            const bool is_table = outer.starts_with("SEARCH") || outer.starts_with("SCAN");
            return is_table && is_list(inner);
        }
    );
    return repeated != plan.end();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(query_plans)

BOOST_DATA_TEST_CASE(
    no_table_is_read_from_end_to_end,
    boost::unit_test::data::make(dialects()) * boost::unit_test::data::make(store_queries()),
    dialect,
    query
) {
    if (query.only && *query.only != dialect) {
        return;  // not its SQL
    }
    db::Session& session = large_database(dialect).session();
    const std::vector<std::string> plan = explain(session, query);
    // SQLite has no plan for a row of given values.
    BOOST_TEST_REQUIRE((!plan.empty() || query.access == db::Access::write));
    BOOST_TEST_MESSAGE(joined(plan));
    std::set<std::string> allowed = small_tables(session);
    allowed.insert("json_each");                 // a list that was handed in
    allowed.insert("namespace_figure_version");  // the view of a table that is counted small
    allowed.merge(parts(query.sql));
    allowed.merge(counted_tables(query));
    for (const std::string& table : all_scanned(plan, dialect)) {
        BOOST_TEST(allowed.contains(table), table << " is scanned" << joined(plan));
    }
}

// A list that stands behind a table is read anew for each of its rows.
BOOST_DATA_TEST_CASE(
    lists_are_read_once,
    boost::unit_test::data::make(only(db::Dialect::sqlite)) *
        boost::unit_test::data::make(store_queries()),
    dialect,
    query
) {
    if (query.only && *query.only != dialect) {
        return;
    }
    for (TestDatabase* const database :
         {&large_database(dialect), &database_without_statistics(dialect)}) {
        const std::vector<std::string> plan = explain(database->session(), query);
        BOOST_TEST(!reads_a_list_repeatedly(plan), joined(plan));
    }
}

// A test that cannot fail proves nothing.
BOOST_DATA_TEST_CASE(lists_behind_a_table_are_noticed, only(db::Dialect::sqlite), dialect) {
    db::Session& session = large_database(dialect).session();
    const Query repeating{"test.repeat", R"sql(
        select identifiers.id
          from vulnerability_identifiers as identifiers
         cross join json_each(:list) as given
         where identifiers.project_id = 1
           and identifiers.fingerprint = given.key)sql"};
    const std::vector<std::string> plan = explain(session, repeating);
    BOOST_TEST(reads_a_list_repeatedly(plan), joined(plan));
}

// A test that cannot fail proves nothing.
BOOST_DATA_TEST_CASE(scans_are_noticed, dialects(), dialect) {
    db::Session& session = large_database(dialect).session();
    const Query scanning{"test.scan", "select id from users where name = :name"};
    const std::vector<std::string> plan = explain(session, scanning);
    const std::vector<std::string> tables = all_scanned(plan, dialect);
    BOOST_TEST(std::ranges::count(tables, "users") == 1, joined(plan));
}

BOOST_DATA_TEST_CASE(searches_for_a_kind_are_noticed, dialects(), dialect) {
    db::Session& session = large_database(dialect).session();
    const Query searching{"test.kind", "select count(*) from routes where source_type = 'Project'"};
    const std::vector<std::string> plan = explain(session, searching);
    const std::vector<std::string> tables = all_scanned(plan, dialect);
    BOOST_TEST(std::ranges::count(tables, "routes") == 1, joined(plan));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::test
