// The two credentials of what the agent server calls, and what is remembered of their use.
#include "tests/contract/kubernetes/agent_server.hpp"

namespace innergate::test {
namespace {

namespace data = boost::unit_test::data;

constexpr const char* kBadJwt = R"({"message":"KAS JWT authentication invalid"})";
constexpr const char* kBadToken = R"({"message":"401 Unauthorized"})";

using Fields = std::vector<std::pair<std::string, std::string>>;

struct TokenExample {
    const char* name;
    Fields fields;
    int status;

    friend std::ostream& operator<<(std::ostream& out, const TokenExample& example) {
        return out << example.name;
    }
};

const TokenExample kTokens[]{
    {"Bearer", {{"Authorization", "Bearer glagent-innergate-demo-agent"}}, 200},
    {"bearer in lower case", {{"Authorization", "bearer glagent-innergate-demo-agent"}}, 200},
    {"Token", {{"Authorization", "Token glagent-innergate-demo-agent"}}, 200},
    {"of newer agent servers", {{"Gitlab-Agent-Api-Request", kAgentToken}}, 200},
    {"of those in between", {{"Gitlab-Agentk-Api-Request", kAgentToken}}, 200},
    {"a wrong bearer decides",
     {{"Authorization", "Bearer x"}, {"Gitlab-Agent-Api-Request", kAgentToken}},
     401},
    {"an empty bearer decides",
     {{"Authorization", "Bearer "}, {"Gitlab-Agent-Api-Request", kAgentToken}},
     401},
    {"another scheme is a proxy's",
     {{"Authorization", "Basic dTpw"}, {"Gitlab-Agent-Api-Request", kAgentToken}},
     200},
    {"the newer field goes first",
     {{"Gitlab-Agent-Api-Request", "x"}, {"Gitlab-Agentk-Api-Request", kAgentToken}},
     401},
    {"an empty field is none",
     {{"Gitlab-Agent-Api-Request", ""}, {"Gitlab-Agentk-Api-Request", kAgentToken}},
     200},
    {"none", {}, 401},
    {"unknown", {{"Authorization", "Bearer glagent-unknown"}}, 401},
    {"part of one", {{"Authorization", "Bearer glagent-innergate-demo-agen"}}, 401},
    {"a person's", {{"Authorization", "Bearer glpat-innergate-demo-admin"}}, 401},
};

/// What the database says of the demo data's agent.
struct Agent {
    explicit Agent(db::Dialect dialect) : database(dialect, Content::demo) {}

    [[nodiscard]] int ask() { return server().ask(kAgentInfo).status; }
    [[nodiscard]] int ask_after(std::chrono::minutes pause) {
        server_.clock.set(server_.clock.now() + pause);
        return ask();
    }
    [[nodiscard]] std::string last_used_at() {
        return database.look(
            "select coalesce(cast(last_used_at as text), '') "
            "from cluster_agent_tokens where id = 1"
        );
    }
    [[nodiscard]] std::string events() {
        return database.look(
            "select count(*) from agent_activity_events where kind = 2 and "
            "level = 1 and agent_id = 1 and agent_token_id = 1"
        );
    }
    void run(const std::string& sql) { database.session().execute_once(sql); }
    AgentServer& server() { return server_; }

    TestDatabase database;

private:
    AgentServer server_{database};
};

}  // namespace

BOOST_AUTO_TEST_SUITE(kubernetes_authentication)

BOOST_DATA_TEST_CASE(agent_tokens, data::make(dialects()) * data::make(kTokens), dialect, example) {
    AgentServer server{demo_database(dialect)};
    const http::Response answer = server.ask(kAgentInfo, example.fields);
    BOOST_TEST(answer.status == example.status);
    if (example.status == 401) {
        check(answer, 401, kBadToken);
    }
}

BOOST_DATA_TEST_CASE(token_of_the_agent_server_comes_first, data::make(dialects()), dialect) {
    AgentServer server{demo_database(dialect)};
    const std::string bearer = std::string{"Bearer "} + kAgentToken;
    check(server.get(kAgentInfo, {{"Authorization", bearer}}), 401, kBadJwt);
    check(server.get(kAgentInfo), 401, kBadJwt);
    for (const std::string& token :
         {std::string{},
          server.shell_jwt(),
          "Bearer " + server.kas_jwt(),
          server.kas_jwt() + "x"}) {
        check(
            server.get(kAgentInfo, {{"Authorization", bearer}, {"Gitlab-Kas-Api-Request", token}}),
            401,
            kBadJwt
        );
    }
}

BOOST_DATA_TEST_CASE(revoked_token, data::make(dialects()), dialect) {
    Agent agent{dialect};
    BOOST_TEST(agent.ask() == 200);
    agent.run("update cluster_agent_tokens set status = 1");
    check(agent.server().ask(kAgentInfo), 401, kBadToken);
}

BOOST_DATA_TEST_CASE(use_is_remembered_every_forty_minutes, data::make(dialects()), dialect) {
    Agent agent{dialect};
    BOOST_TEST(agent.last_used_at() == "");
    BOOST_TEST(agent.ask() == 200);
    const std::string first = agent.last_used_at();
    BOOST_TEST(first != "");
    BOOST_TEST(agent.events() == "1", "the agent connected");
    BOOST_TEST(agent.ask_after(std::chrono::minutes{39}) == 200);
    BOOST_TEST(agent.last_used_at() == first);
    BOOST_TEST(agent.ask_after(std::chrono::minutes{1}) == 200);
    BOOST_TEST(agent.last_used_at() != first);
    BOOST_TEST(agent.events() == "1", "it was there all the time");
    BOOST_TEST(agent.ask_after(std::chrono::minutes{60}) == 200);
    BOOST_TEST(agent.events() == "2", "it was away for an hour");
}

BOOST_DATA_TEST_CASE(
    another_token_of_the_agent_keeps_it_connected, data::make(dialects()), dialect
) {
    Agent agent{dialect};
    agent.run(
        "insert into cluster_agent_tokens (id, agent_id, name, token_digest, last_used_at) values "
        "(2, 1, 'other', 'x', '2026-01-15T11:30:00.000Z')"
    );
    BOOST_TEST(agent.ask() == 200);
    BOOST_TEST(agent.last_used_at() != "");
    BOOST_TEST(agent.events() == "0");
}

BOOST_DATA_TEST_CASE(two_hundred_events_are_kept, data::make(dialects()), dialect) {
    Agent agent{dialect};
    std::string rows;
    for (int number = 0; number < 203; ++number) {
        rows += std::string{number == 0 ? "" : ", "} + "(1, 0, 1, '2026-01-01T00:00:00.000Z')";
    }
    agent.run(
        "insert into agent_activity_events (agent_id, kind, level, recorded_at) values " + rows
    );
    BOOST_TEST(agent.ask() == 200);
    BOOST_TEST(agent.database.look("select count(*) from agent_activity_events") == "200");
    BOOST_TEST(agent.events() == "1", "the newest is among them");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::test
