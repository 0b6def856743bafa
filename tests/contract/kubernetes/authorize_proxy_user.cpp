// POST /internal/kubernetes/authorize_proxy_user.
#include <fmt/format.h>

#include "app/auth/salted_digest.hpp"
#include "tests/contract/kubernetes/agent_server.hpp"

namespace innergate::test {
namespace {

namespace data = boost::unit_test::data;

const std::string kTarget = "/api/v4/internal/kubernetes/authorize_proxy_user";
constexpr const char* kUnknownToken =
    R"({"message":"400 Bad request - Unable to get user from request data"})";
constexpr const char* kNotFound = R"({"message":"404 Not found"})";

const Example kRefusals[]{
    {"nothing",
     "{}",
     400,
     R"({"error":"agent_id is missing, access_type is missing, access_key is missing"})"},
    {"unknown type",
     R"({"agent_id":"x","access_type":"password","access_key":"x"})",
     400,
     R"({"error":"agent_id is invalid, access_type does not have a valid value"})"},
    {"cookie without its page's token",
     R"({"agent_id":1,"access_type":"session_cookie","access_key":"x"})",
     400,
     R"({"error":"csrf_token is missing, csrf_token is empty"})"},
    {"cookie with an empty one",
     R"({"agent_id":1,"access_type":"session_cookie","access_key":"x","csrf_token":" "})",
     400,
     R"({"error":"csrf_token is empty"})"},
    {"cookie",
     R"({"agent_id":1,"access_type":"session_cookie","access_key":"x","csrf_token":"x"})",
     400,
     R"({"message":"400 Bad request - Invalid access_key"})"},
    {"empty token",
     R"({"agent_id":1,"access_type":"personal_access_token","access_key":""})",
     400,
     kUnknownToken},
    {"unknown token",
     R"({"agent_id":1,"access_type":"personal_access_token","access_key":"glpat-x"})",
     400,
     kUnknownToken},
    {"token without the scope",
     R"({"agent_id":1,"access_type":"personal_access_token","access_key":"glpat-innergate-demo-admin"})",
     403,
     R"({"error":"insufficient_scope","error_description":"The request requires higher privileges than )"
     R"(provided by the access token.","scope":"k8s_proxy"})"},
};

/// User 7 has a token for the agent of project 5.
struct Proxy {
    explicit Proxy(db::Dialect dialect) : database(dialect) {
        import_demo(database);
        change(fmt::format(
            "insert into personal_access_tokens (id, user_id, name, token_digest, scopes) "
            "values (70, 7, 'proxy', '{}', '[\"k8s_proxy\"]')",
            auth::salted_digest("glpat-proxy", server.db_key_base)
        ));
    }

    [[nodiscard]] http::Response ask(const std::string& agent = R"("1")") {
        return server.send(
            http::Method::post,
            kTarget,
            fmt::format(
                R"({{"agent_id":{},"access_type":"personal_access_token","access_key":"glpat-proxy"}})",
                agent
            )
        );
    }
    void forbidden(const std::string& message) {
        check(ask(), 403, fmt::format(R"({{"message":"{}"}})", message));
    }
    void change(const std::string& sql) { database.session().execute_once(sql); }
    void configure(const std::string& access_as) {
        const http::Response response = server.send(
            http::Method::post,
            "/api/v4/internal/kubernetes/agent_configuration",
            fmt::format(
                R"({{"agent_id":1,"agent_config":{{"user_access":{{{}"projects":[{{"id":"gitlab-org/manifests"}},)"
                R"({{"id":"gitlab-org/cluster-management"}}],"groups":[{{"id":"gitlab-org"}}]}}}}}})",
                access_as
            )
        );
        BOOST_TEST_REQUIRE(response.status == 204, response.body);
    }
    void join(const char* kind, int id, int level) {
        change(fmt::format(
            "insert into members (user_id, source_type, source_id, access_level) "
            "values (7, '{}', {}, {})",
            kind,
            id,
            level
        ));
    }

    TestDatabase database;
    AgentServer server{database};
};

const std::string kAgentAndUser =
    R"({"agent":{"id":1,"config_project":{"id":5}},"user":{"id":7,"username":"rubi"},"access_as":)";

}  // namespace

BOOST_AUTO_TEST_SUITE(authorize_proxy_user)

BOOST_DATA_TEST_CASE(refusals, data::make(dialects()) * data::make(kRefusals), dialect, example) {
    AgentServer server{demo_database(dialect)};
    check(server.send(http::Method::post, kTarget, example.target), example.status, example.body);
}

BOOST_DATA_TEST_CASE(tokens_that_are_over, data::make(dialects()), dialect) {
    Proxy proxy{dialect};
    proxy.change("update personal_access_tokens set expires_at = '2026-01-15' where id = 70");
    BOOST_TEST(proxy.ask().status == 401);
    BOOST_TEST(proxy.ask().body.starts_with(R"({"error":"invalid_token")"));
    proxy.change("update personal_access_tokens set expires_at = null, revoked = true where id = 70"
    );
    BOOST_TEST(proxy.ask().status == 401);
    proxy.change("update personal_access_tokens set revoked = false where id = 70");
    proxy.change("update users set state = 'blocked' where id = 7");
    BOOST_TEST(proxy.ask().status == 403);
}

BOOST_DATA_TEST_CASE(in_this_order, data::make(dialects()), dialect) {
    Proxy proxy{dialect};
    check(proxy.ask("4242"), 404, kNotFound);
    proxy.forbidden("`user_access` keyword is not found in agent config file.");
    proxy.server.settings.kas.user_access = false;
    check(proxy.ask(), 401, R"({"message":"401 Unauthorized - Feature disabled for agent"})");
    check(proxy.ask("4242"), 404, kNotFound);
    proxy.server.settings.kas.user_access = true;
    proxy.configure("");
    proxy.forbidden("`access_as` is not found under the `user_access` keyword.");
    proxy.configure(R"("access_as":{},)");
    proxy.forbidden("`access_as` is not found under the `user_access` keyword.");
    proxy.configure(R"("access_as":{"agent":{},"user":{}},)");
    proxy.forbidden("`access_as` must exist only once under the `user_access` keyword.");
    proxy.configure(R"("access_as":{"agent":{}},)");
    proxy.forbidden(
        "You must be a member of `projects` or `groups` under the `user_access` keyword."
    );
    proxy.join("Project", 7, 20);
    proxy.forbidden(
        "You must be a member of `projects` or `groups` under the `user_access` keyword."
    );
    proxy.change("update members set access_level = 30 where user_id = 7 and source_id = 7");
    check(proxy.ask(), 201, kAgentAndUser + R"({"agent":{}}})");
    BOOST_TEST(
        proxy.database.look(
            "select count(*) from personal_access_tokens where last_used_at is not null"
        ) == "1"
    );
}

BOOST_DATA_TEST_CASE(as_the_person_with_all_roles, data::make(dialects()), dialect) {
    Proxy proxy{dialect};
    proxy.configure(R"("access_as":{"user":{}},)");
    proxy.join("Project", 7, 30);
    check(
        proxy.ask(),
        201,
        kAgentAndUser +
            R"({"user":{"projects":[{"id":7,"roles":["guest","planner","reporter","developer"]}],)"
            R"("groups":[]}}})"
    );
    proxy.join("Namespace", 3, 40);
    check(
        proxy.ask(),
        201,
        kAgentAndUser +
            R"({"user":{"projects":[)"
            R"({"id":5,"roles":["guest","planner","reporter","developer","maintainer"]},)"
            R"({"id":7,"roles":["guest","planner","reporter","developer","maintainer"]}],)"
            R"("groups":[{"id":3,"roles":["guest","planner","reporter","developer","maintainer"]}]}}})"
    );
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::test
