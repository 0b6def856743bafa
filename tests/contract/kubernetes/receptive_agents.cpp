// GET /internal/kubernetes/receptive_agents.
#include "tests/contract/kubernetes/agent_server.hpp"

namespace innergate::test {
namespace {

namespace data = boost::unit_test::data;

const std::string kTarget = "/api/v4/internal/kubernetes/receptive_agents";

}  // namespace

BOOST_AUTO_TEST_SUITE(receptive_agents)

BOOST_DATA_TEST_CASE(off_is_not_found, data::make(dialects()), dialect) {
    AgentServer server{demo_database(dialect)};
    check(server.ask(kTarget, {}), 404, R"({"message":"404 Not Found"})");
    check(server.get(kTarget), 401, R"({"message":"KAS JWT authentication invalid"})");
}

BOOST_DATA_TEST_CASE(active_ones_are_listed, data::make(dialects()), dialect) {
    TestDatabase database{dialect};
    import_demo(database);
    AgentServer server{database};
    server.settings.features.cluster_receptive_agents = true;
    check(server.ask(kTarget, {}), 200, R"({"agents":[]})");
    for (const char* const sql :
         {"insert into cluster_agents (id, project_id, name) values (2, 5, 'two'), (3, 5, 'three')",
          "insert into cluster_agent_url_configurations (agent_id, url, status, ca_cert, tls_host, "
          "client_cert, client_key, private_key) values "
          "(3, 'grpcs://three', 0, 'CA', 'host', 'cert', 'key', null), "
          "(1, 'grpc://one', 0, null, null, null, null, 'a2V5'), "
          "(2, 'grpc://two', 1, null, null, null, null, null)"}) {
        database.session().execute_once(sql);
    }
    const http::Response response = server.ask(kTarget, {});
    check(
        response,
        200,
        R"({"agents":[{"id":1,"url":"grpc://one","ca_cert":null,"tls_host":null,)"
        R"("jwt":{"private_key":"a2V5"},"mtls":null},)"
        R"({"id":3,"url":"grpcs://three","ca_cert":"CA","tls_host":"host","jwt":null,)"
        R"("mtls":{"client_key":"key","client_cert":"cert"}}]})"
    );
    BOOST_TEST(field(response, "Cache-Control") == "no-store");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::test
