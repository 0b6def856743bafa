// Filters are SQL that is put together at run time: those by which identity providers look somebody
// up read neither a large table nor all of a group.
#include <algorithm>
#include <array>
#include <regex>
#include <string>
#include <vector>

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "handlers/domain/scim/filter.hpp"
#include "handlers/stores/scim/scim_user_sql.hpp"
#include "tests/integration/plans/large_database.hpp"
#include "tests/integration/plans/plan.hpp"

namespace innergate::test {
namespace {

namespace scim = handlers::domain::scim;
using db::Dialect;
using handlers::ScimUserQuery;

constexpr std::array kLookUps{
    R"(userName eq "name7")",
    R"(userName eq "name7" and active eq true)",
    R"(id eq "uid7")",
    R"(externalId eq "uid7")",
    R"(emails.value eq "user7@example.com")",
    R"(emails[type eq "work"].value eq "user7@example.com")",
};

/// A line by which all identities of a group are read: an index of which only the group is given.
bool reads_the_group(const std::string& line, Dialect dialect) {
    static const std::regex on_sqlite{R"(index_scim_identities_on_group_\w+ \(<expr>=\?\))"};
    static const std::regex on_postgresql{
        R"(Index Cond: \(COALESCE\((?:\w+\.)?group_id, '0'::bigint\) = \$\d+\)$)"};
    return std::regex_search(line, dialect == Dialect::sqlite ? on_sqlite : on_postgresql);
}

std::vector<std::string> plan_of(db::Session& session, const ScimUserQuery& query) {
    return explain(session, query_of(list_users_sql(query, session.dialect()).sql));
}

bool reads_the_group(const std::vector<std::string>& plan, Dialect dialect) {
    return std::ranges::any_of(plan, [dialect](const std::string& line) {
        return reads_the_group(line, dialect);
    });
}

ScimUserQuery filtered(const char* text, long long count) {
    return {
        .filter = scim::parse_filter(text).value(),
        .sort = std::nullopt,
        .start_index = 1,
        .count = count};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(scim_filter_plans)

BOOST_DATA_TEST_CASE(
    look_ups_read_what_they_look_for,
    boost::unit_test::data::make(dialects()) * boost::unit_test::data::make(kLookUps) *
        boost::unit_test::data::make({20LL, 1LL}),
    dialect,
    filter,
    count
) {
    db::Session& session = large_database(dialect).session();
    const std::vector<std::string> plan = plan_of(session, filtered(filter, count));
    BOOST_TEST_REQUIRE(!plan.empty());
    for (const std::string& table : all_scanned(plan, dialect)) {
        BOOST_TEST(
            (table == "matching" || table == "page" || table == "total"),
            table << " is scanned" << joined(plan)
        );
    }
    BOOST_TEST(!reads_the_group(plan, dialect), joined(plan));
}

// A test that cannot fail proves nothing.
BOOST_DATA_TEST_CASE(reading_a_group_is_noticed, dialects(), dialect) {
    db::Session& session = large_database(dialect).session();
    const std::vector<std::string> plan = plan_of(session, filtered("active eq false", 20));
    BOOST_TEST(reads_the_group(plan, dialect), joined(plan));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::test
