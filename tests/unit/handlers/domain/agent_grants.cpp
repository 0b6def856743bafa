#include "handlers/domain/agent_grants.hpp"

#include <boost/test/unit_test.hpp>

#include "app/json/reader.hpp"

namespace innergate::handlers::domain {
namespace {

AgentGrants grants_of(std::string_view file) {
    return agent_grants(*json::parse(file).value().object());
}

}  // namespace

BOOST_AUTO_TEST_SUITE(grants_of_agents)

BOOST_AUTO_TEST_CASE(entries_without_their_id) {
    const AgentGrants grants = grants_of(
        R"({"ci_access":{"projects":[{"id":"A/b","x":1.50,"y":[true,null]},{"id":"a/B"},{"x":1}]}})"
    );
    BOOST_REQUIRE(grants.ci_projects.size() == 1U);
    BOOST_TEST(grants.ci_projects[0].path == "a/b");
    BOOST_TEST(grants.ci_projects[0].config == R"({"x":1.50,"y":[true,null]})");
    BOOST_TEST(grants.ci_groups.empty());
}

BOOST_AUTO_TEST_CASE(users_share_one_configuration) {
    const AgentGrants grants =
        grants_of(R"({"user_access":{"access_as":{"user":{}},"z":1,"groups":[{"id":"a","q":2}]}})");
    BOOST_REQUIRE(grants.user_groups.size() == 1U);
    BOOST_TEST(grants.user_groups[0].config == R"({"access_as":{"user":{}}})");
}

BOOST_AUTO_TEST_CASE(other_forms_grant_nothing) {
    for (const std::string_view file :
         {R"({})",
          R"({"ci_access":[],"user_access":"x"})",
          R"({"ci_access":{"projects":{"id":"a"}},"user_access":{"groups":["a"]}})"}) {
        const AgentGrants grants = grants_of(file);
        BOOST_TEST(grants.ci_projects.empty());
        BOOST_TEST(grants.user_groups.empty());
    }
}

BOOST_AUTO_TEST_CASE(within_a_root) {
    BOOST_TEST(is_within("Group", "group"));
    BOOST_TEST(is_within("group/sub", "Group"));
    BOOST_TEST(!is_within("group2", "group"));
    BOOST_TEST(!is_within("other/group", "group"));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::handlers::domain
