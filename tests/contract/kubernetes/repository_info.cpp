// GET /internal/autoflow/repository_info.
#include "tests/contract/kubernetes/agent_server.hpp"

namespace innergate::test {
namespace {

namespace data = boost::unit_test::data;

const std::string kTarget = "/api/v4/internal/autoflow/repository_info";

}  // namespace

BOOST_AUTO_TEST_SUITE(repository_info)

BOOST_DATA_TEST_CASE(private_projects_too_and_without_agent, data::make(dialects()), dialect) {
    AgentServer server{demo_database(dialect)};
    const std::string first =
        R"({"project_id":1,"gitaly_info":{"address":"unix:/run/gitaly.sock","token":null,"features":{}},)"
        R"("gitaly_repository":{"storage_name":"default","relative_path":)"
        R"("@hashed/6b/86/6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b.git",)"
        R"("git_object_directory":"","git_alternate_object_directories":[],)"
        R"("gl_repository":"project-1","gl_project_path":"group1/first"},"default_branch":"main"})";
    check(server.ask(kTarget + "?id=1", {}), 200, first);
    check(server.ask(kTarget + "?id=group1%2Ffirst", {}), 200, first);
}

BOOST_DATA_TEST_CASE(what_names_no_project, data::make(dialects()), dialect) {
    AgentServer server{demo_database(dialect)};
    check(server.ask(kTarget, {}), 400, R"({"error":"id is missing"})");
    for (const char* const id : {"?id=", "?id=4242", "?id=group1%2Fnothing", "?id=first"}) {
        check(server.ask(kTarget + id, {}), 404, R"({"message":"404 Not Found"})");
    }
    check(server.get(kTarget + "?id=1"), 401, R"({"message":"KAS JWT authentication invalid"})");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::test
