// POST /internal/kubernetes/agent_configuration.
#include <fmt/format.h>

#include "tests/contract/kubernetes/agent_server.hpp"

namespace innergate::test {
namespace {

namespace data = boost::unit_test::data;

const std::string kTarget = "/api/v4/internal/kubernetes/agent_configuration";

const Example kRefusals[]{
    {"nothing", "{}", 400, R"({"error":"agent_id is missing, agent_config is missing"})"},
    {"agent that is no number",
     R"({"agent_id":"x","agent_config":{}})",
     400,
     R"({"error":"agent_id is invalid"})"},
    {"list", R"({"agent_id":1,"agent_config":[]})", 400, R"({"error":"agent_config is invalid"})"},
    {"text that is no JSON",
     R"({"agent_id":1,"agent_config":"{"})",
     400,
     R"({"error":"agent_config is invalid"})"},
    {"unknown agent",
     R"({"agent_id":"4242","agent_config":{}})",
     404,
     R"({"message":"404 Not found"})"},
    {"no agent", R"({"agent_id":null,"agent_config":{}})", 404, R"({"message":"404 Not found"})"},
};

/// The demo data's agent is one of project 5, gitlab-org/cluster-management.
struct Configured {
    explicit Configured(db::Dialect dialect) : database(dialect) {
        import_demo(database);
        for (const char* const sql :
             {"insert into namespaces (id, type, parent_id, name, path) "
              "values (31, 'Group', 3, 'Inner', 'inner')",
              "insert into routes (source_type, source_id, path) "
              "values ('Namespace', 31, 'gitlab-org/Inner')"}) {
            database.session().execute_once(sql);
        }
    }

    void taken(const std::string& config, const char* agent = R"("1")") {
        const http::Response response = server.send(
            http::Method::post,
            kTarget,
            fmt::format(R"({{"agent_id":{},"agent_config":{}}})", agent, config)
        );
        BOOST_TEST(response.status == 204, response.body);
        BOOST_TEST(response.body.empty());
    }
    [[nodiscard]] std::string grants(const std::string& table, const std::string& column) {
        return database.look(fmt::format(
            "select {1} || config from {0} where agent_id = 1 order by {1}", table, column
        ));
    }
    [[nodiscard]] std::string ci_projects() {
        return grants("agent_project_authorizations", "project_id");
    }
    [[nodiscard]] std::string ci_groups() {
        return grants("agent_group_authorizations", "group_id");
    }
    [[nodiscard]] std::string user_projects() {
        return grants("agent_user_access_project_authorizations", "project_id");
    }
    [[nodiscard]] std::string user_groups() {
        return grants("agent_user_access_group_authorizations", "group_id");
    }

    TestDatabase database;
    AgentServer server{database};
};

const std::string kFile =
    R"({"ci_access":{"projects":[{"id":"GitLab-Org/Manifests","default_namespace":"prod"},)"
    R"({"id":"gitlab-org/nothing"},{"id":"group1/first"},{"id":7},"x",{"id":"gitlab-org"}],)"
    R"("groups":[{"id":"gitlab-org"},{"id":"gitlab-org/inner","environments":["a","b"]},)"
    R"({"id":"gnuwget"},{"id":"gitlab-org/manifests"}]},)"
    R"("user_access":{"access_as":{"agent":{}},"projects":[{"id":"gitlab-org/cluster-management"}],)"
    R"("groups":[{"id":"gitlab-org/inner"}]},"gitops":{}})";

}  // namespace

BOOST_AUTO_TEST_SUITE(agent_configuration)

BOOST_DATA_TEST_CASE(grants_become_what_the_file_says, data::make(dialects()), dialect) {
    Configured agent{dialect};
    for (int time = 0; time < 2; ++time) {
        agent.taken(kFile);
        BOOST_TEST(agent.ci_projects() == R"(7{"default_namespace":"prod"})");
        BOOST_TEST(agent.ci_groups() == R"(3{} 31{"environments":["a","b"]})");
        BOOST_TEST(agent.user_projects() == R"(5{"access_as":{"agent":{}}})");
        BOOST_TEST(agent.user_groups() == R"(31{"access_as":{"agent":{}}})");
    }
    agent.taken(
        R"({"ci_access":{"projects":[{"id":"gitlab-org/manifests"},{"id":"gitlab-org/error-tracking"}]},)"
        R"("user_access":{"projects":null}})",
        "1"
    );
    BOOST_TEST(agent.ci_projects() == "7{} 111{}");
    BOOST_TEST(agent.ci_groups().empty());
    BOOST_TEST(agent.user_projects().empty());
    BOOST_TEST(agent.user_groups().empty());
}

BOOST_DATA_TEST_CASE(a_file_may_come_as_text, data::make(dialects()), dialect) {
    Configured agent{dialect};
    agent.taken(R"("{\"ci_access\":{\"groups\":[{\"id\":\"gitlab-org\"}]}}")");
    BOOST_TEST(agent.ci_groups() == "3{}");
    agent.taken("null");
    BOOST_TEST(agent.ci_groups().empty());
}

BOOST_DATA_TEST_CASE(only_the_first_five_hundred_count, data::make(dialects()), dialect) {
    Configured agent{dialect};
    const auto file = [](int others) {
        std::string entries;
        for (int number = 0; number < others; ++number) {
            entries += fmt::format(R"({{"id":"gitlab-org/p{}"}},)", number);
        }
        return fmt::format(
            R"({{"ci_access":{{"projects":[{}{{"id":"gitlab-org/manifests"}}]}}}})", entries
        );
    };
    agent.taken(file(499));
    BOOST_TEST(agent.ci_projects() == "7{}");
    agent.taken(file(500));
    BOOST_TEST(agent.ci_projects().empty());
}

BOOST_DATA_TEST_CASE(
    refused_files_change_nothing, data::make(dialects()) * data::make(kRefusals), dialect, example
) {
    Configured agent{dialect};
    agent.taken(kFile);
    check(
        agent.server.send(http::Method::post, kTarget, example.target), example.status, example.body
    );
    BOOST_TEST(agent.ci_groups() == R"(3{} 31{"environments":["a","b"]})");
}

BOOST_DATA_TEST_CASE(files_at_once, data::make(dialects()), dialect) {
    Configured agent{dialect};
    const auto answers = send_at_once(
        agent.database,
        8,
        5,
        http::Method::post,
        kTarget,
        R"({"agent_id":"1","agent_config":)" + kFile + "}"
    );
    for (const http::Response& response : answers) {
        BOOST_TEST(response.status == 204, response.body);
    }
    BOOST_TEST(agent.ci_groups() == R"(3{} 31{"environments":["a","b"]})");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::test
