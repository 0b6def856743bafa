// What the agent server counted, as the operator sees it.
#include <string>

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "app/json/reader.hpp"
#include "tests/integration/admin/tool.hpp"

namespace data = boost::unit_test::data;
using namespace innergate;
using test::member_of;
using test::Tool;

namespace {

/// A total and weeks under one name, weeks alone, a total alone.
void count(Tool& tool) {
    tool.database()->session().execute_once(
        "insert into kas_counters (name, value, updated_at) values "
        "('register_agent_at_kas', 9007199254740993, '2026-01-15T12:00:00.000Z'), "
        "('flux_git_push_notifications_total', 0, '2026-01-15T12:00:00.000Z')"
    );
    tool.database()->session().execute_once(
        "insert into kas_unique_events (event_name, iso_week, entity_id) values "
        "('register_agent_at_kas', '2026-02', 5), ('register_agent_at_kas', '2026-02', 7), "
        "('register_agent_at_kas', '2025-52', 5), ('agent_users_using_ci_tunnel', '2026-02', 5)"
    );
}

/// `event week total distinct_ids` of each row, each row ended by a semicolon.
std::string lines_of(const json::Value& list) {
    std::string lines;
    for (const json::Value& row : *list.array()) {
        for (const char* const name : {"event", "week", "total"}) {
            lines += member_of(row, name) + " ";
        }
        lines += member_of(row, "distinct_ids") + "; ";
    }
    return lines;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(admin_usage)

BOOST_DATA_TEST_CASE(totals_and_weeks_are_listed, data::make(test::dialects())) {
    Tool tool{sample};
    BOOST_TEST(tool.answer("usage list").array()->empty());
    count(tool);
    const json::Value list = tool.answer("usage list");
    BOOST_TEST(
        lines_of(list) ==
        "agent_users_using_ci_tunnel 2026-02 null 1; "
        "flux_git_push_notifications_total null 0 null; "
        "register_agent_at_kas null 9007199254740993 null; "
        "register_agent_at_kas 2025-52 null 1; "
        "register_agent_at_kas 2026-02 null 2; "
    );
    BOOST_TEST(member_of(list.array()->front(), "updated_at") == "null");
    BOOST_TEST(member_of((*list.array())[1], "updated_at") == "2026-01-15T12:00:00.000Z");
}

BOOST_DATA_TEST_CASE(one_event_is_shown, data::make(test::dialects())) {
    Tool tool{sample};
    count(tool);
    BOOST_TEST(
        lines_of(tool.answer("usage show register_agent_at_kas")) ==
        "register_agent_at_kas null 9007199254740993 null; "
        "register_agent_at_kas 2025-52 null 1; "
        "register_agent_at_kas 2026-02 null 2; "
    );
    BOOST_TEST(tool.run("usage show agent_users_using_ci_tunnel") == 0);
    BOOST_TEST(
        tool.out() ==
        "event                        week     total  distinct_ids  updated_at\n"
        "agent_users_using_ci_tunnel  2026-02  -      1             -\n"
    );
    for (const char* const unknown : {"1", "register", "REGISTER_AGENT_AT_KAS"}) {
        BOOST_TEST(tool.run("usage show " + std::string{unknown}) == 1);
        BOOST_TEST(
            tool.err() == "innergate-admin: nothing was counted of " + std::string{unknown} + "\n"
        );
    }
    BOOST_TEST(tool.run("usage show") == 2);
    BOOST_TEST(tool.run("usage") == 2);
}

BOOST_AUTO_TEST_SUITE_END()
