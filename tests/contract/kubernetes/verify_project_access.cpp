// GET /internal/kubernetes/verify_project_access.
#include "tests/contract/kubernetes/agent_server.hpp"

namespace innergate::test {
namespace {

namespace data = boost::unit_test::data;

const std::string kTarget = "/api/v4/internal/kubernetes/verify_project_access";

}  // namespace

BOOST_AUTO_TEST_SUITE(verify_project_access)

BOOST_DATA_TEST_CASE(yes_is_204, data::make(dialects()), dialect) {
    AgentServer server{demo_database(dialect)};
    // A public one, and the agent's own.
    for (const char* const id : {"?id=7", "?id=gitlab-org%2Fmanifests", "?id=5", "/?id=5"}) {
        const http::Response response = server.ask(kTarget + id);
        BOOST_TEST(response.status == 204, id);
        BOOST_TEST(response.body.empty());
        BOOST_TEST(response.content_type.empty());
    }
}

BOOST_DATA_TEST_CASE(no_is_404, data::make(dialects()), dialect) {
    AgentServer server{demo_database(dialect)};
    for (const char* const id : {"?id=1", "?id=group1%2Ffirst", "?id=4242", "?id=manifests", ""}) {
        check(server.ask(kTarget + id), 404, R"({"message":"404 Not Found"})");
    }
}

BOOST_DATA_TEST_CASE(both_credentials_are_asked_for, data::make(dialects()), dialect) {
    AgentServer server{demo_database(dialect)};
    check(server.ask(kTarget + "?id=7", {}), 401, R"({"message":"401 Unauthorized"})");
    check(server.get(kTarget), 401, R"({"message":"KAS JWT authentication invalid"})");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::test
