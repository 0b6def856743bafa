// Kubernetes agents and their tokens.
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "app/auth/token_digest.hpp"
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
        auth::token_digest(token, test::AdminDatabase::key_base())
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

BOOST_AUTO_TEST_SUITE_END()
