#include "tests/contract/kubernetes/agent_server.hpp"

namespace innergate::test {
namespace {

namespace data = boost::unit_test::data;

std::string info(const std::string& gitaly_info, const std::string& default_branch) {
    return R"({"project_id":5,"agent_id":1,"agent_name":"cluster-a","gitaly_info":)" + gitaly_info +
           R"(,"gitaly_repository":{"storage_name":"default","relative_path":)"
           R"("@hashed/ef/2d/ef2d127de37b942baad06145e54b0c619a1f22327b2ebbcfbec78f5564afe39d.git",)"
           R"("git_object_directory":"","git_alternate_object_directories":[],)"
           R"("gl_repository":"project-5","gl_project_path":"gitlab-org/cluster-management"},)"
           R"("default_branch":")" +
           default_branch + R"("})";
}

constexpr const char* kPlain = R"({"address":"unix:/run/gitaly.sock","token":null,"features":{}})";

}  // namespace

BOOST_AUTO_TEST_SUITE(kubernetes_agent_info)

BOOST_DATA_TEST_CASE(documented_example, data::make(dialects()), dialect) {
    AgentServer server{demo_database(dialect)};
    const http::Response answer = server.ask(kAgentInfo);
    check(answer, 200, info(kPlain, "main"));
    BOOST_TEST(field(answer, "Cache-Control") == "no-store");
}

BOOST_DATA_TEST_CASE(spellings_of_the_path, data::make(dialects()), dialect) {
    AgentServer server{demo_database(dialect)};
    for (const std::string& target :
         {std::string{"/api/v4/internal/agents/agentk/agent_info"},  // as newer agent servers ask
          kAgentInfo + std::string{"/"},
          "/" + std::string{kAgentInfo},
          kAgentInfo + std::string{"?x=1"}}) {
        BOOST_TEST(server.ask(target).status == 200, target);
    }
}

BOOST_DATA_TEST_CASE(other_methods_are_not_allowed, data::make(dialects()), dialect) {
    AgentServer server{demo_database(dialect)};
    Call call;
    call.method = http::Method::post;
    call.target = kAgentInfo;
    const http::Response response = server.answer(call);
    check(response, 405, R"({"error":"405 Not Allowed"})");
    BOOST_TEST(field(response, "Allow") == "GET, HEAD");
}

BOOST_DATA_TEST_CASE(where_gitaly_is_and_what_it_is_told, data::make(dialects()), dialect) {
    TestDatabase database{dialect};
    import_demo(database);
    for (const char* const sql :
         {"update projects set default_branch = 'trunk' where id = 5",
          "insert into feature_flags (name, enabled) values ('gitaly_go_user_access', true), "
          "('gitaly_x', false), ('gitalyx', true), ('gitaly', true), ('other', true)"}) {
        database.session().execute_once(sql);
    }
    AgentServer server{database};
    server.gitaly_tokens["default"] = auth::Secret{"secret"};
    check(
        server.ask(kAgentInfo),
        200,
        info(
            R"({"address":"unix:/run/gitaly.sock","token":"secret","features":)"
            R"({"gitaly-feature-go-user-access":"true","gitaly-feature-x":"false"}})",
            "trunk"
        )
    );
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::test
