// Kubernetes agents and their tokens.
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "app/auth/salted_digest.hpp"
#include "app/json/reader.hpp"
#include "tests/integration/admin/tool.hpp"

namespace data = boost::unit_test::data;
using namespace innergate;
using test::member_of;
using test::Tool;

BOOST_AUTO_TEST_SUITE(admin_agents)

BOOST_DATA_TEST_CASE(an_agent_belongs_to_a_project, data::make(test::dialects())) {
    Tool tool{sample};
    const json::Value added =
        tool.answer("agent add --project gitlab-org/manifests --name cluster-b --user root");
    const std::string id = member_of(added, "id");
    BOOST_TEST(member_of(added, "project") == "gitlab-org/manifests");
    BOOST_TEST(member_of(added, "name") == "cluster-b");
    BOOST_TEST(tool.answer("agent list --project gitlab-org/manifests").array()->size() == 1U);
    BOOST_TEST(tool.run("agent add --project gitlab-org/manifests --name cluster-b") == 1);
    BOOST_TEST(
        tool.err() == "innergate-admin: project_id, name: another row has this value already\n"
    );
    BOOST_TEST(tool.run("agent remove " + id) == 0);
}

BOOST_DATA_TEST_CASE(names_are_dns_labels, data::make(test::dialects())) {
    Tool tool{sample};
    for (const char* const name : {"a", "0", "a-b", "a--0"}) {
        BOOST_TEST(
            tool.run("agent add --project gitlab-org/manifests --name " + std::string{name}) == 0,
            name
        );
    }
    for (const char* const name : {"A", "a_b", "a.b", "a-", "ä"}) {
        BOOST_TEST(
            tool.run("agent add --project gitlab-org/manifests --name " + std::string{name}) == 1,
            name
        );
        BOOST_TEST(tool.err().starts_with("innergate-admin: name: must be of lower-case letters"));
    }
    const std::string longest(63, 'a');
    BOOST_TEST(tool.run("agent add --project gitlab-org/manifests --name " + longest) == 0);
    BOOST_TEST(tool.run("agent add --project gitlab-org/manifests --name a" + longest) == 1);
}

BOOST_DATA_TEST_CASE(a_token_is_shown_once_and_two_are_good, data::make(test::dialects())) {
    Tool tool{sample};
    const json::Value added = tool.answer("agent-token add --agent 1 --name second");
    const std::string token = member_of(added, "token");
    const std::string id = member_of(added, "id");
    BOOST_TEST(token.starts_with("glagent-"));
    BOOST_TEST(token.size() >= 58U);
    BOOST_TEST(
        tool.look("select token_digest from cluster_agent_tokens where id = " + id) ==
        auth::salted_digest(token, test::AdminDatabase::key_base())
    );
    BOOST_TEST((tool.answer("agent-token show " + id).find("token") == nullptr));

    BOOST_TEST(tool.run("agent-token add --agent 1 --name third") == 1);
    BOOST_TEST(
        tool.err() == "innergate-admin: --agent: agent 1 has 2 tokens that are good: revoke one\n"
    );
    for (int time = 0; time < 2; ++time) {
        BOOST_TEST(member_of(tool.answer("agent-token revoke " + id), "status") == "revoked");
    }
    BOOST_TEST(tool.run("agent-token add --agent 1 --name third") == 0);
    BOOST_TEST(tool.answer("agent-token list --agent 1").array()->size() == 3U);

    BOOST_TEST(tool.run("agent-token revoke 4242") == 1);
    BOOST_TEST(tool.run("agent remove 1") == 1);
    BOOST_TEST(tool.err() == "innergate-admin: agent 1 has 3 tokens: --force removes them too\n");
    BOOST_TEST(tool.run("agent remove 1 --force") == 0);
    BOOST_TEST(tool.answer("agent-token list").array()->empty());
}

BOOST_DATA_TEST_CASE(the_making_and_the_end_of_a_token_are_recorded, data::make(test::dialects())) {
    Tool tool{sample};
    const json::Value added = tool.answer("agent-token add --agent 1 --name second --user root");
    const std::string id = member_of(added, "id");
    BOOST_TEST(tool.run("agent-token add --agent 1 --name third") == 1);
    for (int time = 0; time < 2; ++time) {
        tool.answer("agent-token revoke " + id);
    }
    const json::Value events = tool.answer("agent events 1");
    BOOST_TEST_REQUIRE(events.array()->size() == 2U);
    const json::Value& made = events.array()->front();
    BOOST_TEST(member_of(made, "event") == "token created");
    BOOST_TEST(member_of(made, "user") == "root");
    const json::Value& ended = events.array()->back();
    BOOST_TEST(member_of(ended, "event") == "token revoked");
    BOOST_TEST(member_of(ended, "user") == "null");
    const std::string since = member_of(added, "created_at");
    for (const json::Value& event : *events.array()) {
        BOOST_TEST(member_of(event, "level") == "info");
        BOOST_TEST(member_of(event, "token_id") == id);
        BOOST_TEST(member_of(event, "token") == "second");
        BOOST_TEST(member_of(event, "recorded_at").size() == since.size());
        BOOST_TEST(member_of(event, "recorded_at").substr(0, 10) >= since.substr(0, 10));
    }
    BOOST_TEST(tool.run("agent events 4242") == 1);
    BOOST_TEST(tool.err() == "innergate-admin: there is no agent 4242\n");

    // Without an agent there is nobody of whom they tell; without the token they still do.
    BOOST_TEST(tool.run("agent-token remove " + id) == 0);
    BOOST_TEST(
        tool.look("select count(*) from agent_activity_events where agent_token_id is null") == "2"
    );
    BOOST_TEST(tool.run("agent remove 1 --force") == 0);
    BOOST_TEST(tool.look("select count(*) from agent_activity_events") == "0");
}

BOOST_DATA_TEST_CASE(of_each_agent_the_newest_events_are_kept, data::make(test::dialects())) {
    Tool tool{sample};
    const std::string other =
        member_of(tool.answer("agent add --project gitlab-org/manifests --name b"), "id");
    const auto add_events = [&](const std::string& agent, int count) {
        std::string rows;
        for (int number = 0; number < count; ++number) {
            rows += std::string{number == 0 ? "(" : ", ("} + agent +
                    ", 2, 1, '2026-01-01T00:00:00.000Z')";
        }
        tool.database()->session().execute_once(
            "insert into agent_activity_events (agent_id, kind, level, recorded_at) values " + rows
        );
    };
    add_events(other, 203);
    add_events("1", 203);
    const auto newest = [&] {
        const json::Value events = tool.answer("agent events 1");
        BOOST_TEST(events.array()->size() == 200U);
        return member_of(events.array()->back(), "event");
    };
    const std::string id = member_of(tool.answer("agent-token add --agent 1 --name second"), "id");
    BOOST_TEST(newest() == "token created");
    add_events("1", 1);
    tool.answer("agent-token revoke " + id);
    BOOST_TEST(newest() == "token revoked");
    BOOST_TEST(tool.answer("agent events " + other).array()->size() == 203U);
}

BOOST_AUTO_TEST_SUITE_END()
