#include "app/auth/salted_digest.hpp"
#include "app/json/reader.hpp"
#include "tests/contract/contract_suite.hpp"

namespace innergate::test {
namespace {

namespace data = boost::unit_test::data;

constexpr const char* kDocumented =
    "user_id=29&name=mytokenname&scopes[]=read_user&scopes[]=read_repository&expires_at=2020-07-24";

struct Tokens {
    explicit Tokens(db::Dialect dialect) : database(dialect, Content::demo) {}

    void run(const std::string& sql) { database.session().execute_once(sql); }
    [[nodiscard]] http::Response ask(const std::string& body) {
        return server.shell_post("personal_access_token", body);
    }
    void refuses(const std::string& body, const std::string& message) {
        BOOST_TEST_CONTEXT(body) {
            check(ask(body), 200, R"({"success":false,"message":")" + message + "\"}");
            BOOST_TEST(count() == "1", "only the demo's");
        }
    }
    /// The answer behind the token, which must be new and stored.
    [[nodiscard]] std::string created(const std::string& body) {
        const http::Response response = ask(body);
        const auto answer = json::parse(response.body);
        BOOST_TEST_REQUIRE(response.status == 200, body);
        const json::Value* const token = answer.value().find("token");
        BOOST_TEST_REQUIRE(token != nullptr, response.body);
        const std::string digest = auth::salted_digest(*token->string(), server.db_key_base);
        BOOST_TEST(
            database.look(
                "select count(*) from personal_access_tokens where token_digest = '" + digest + "'"
            ) == "1"
        );
        return response.body.substr(response.body.find(*token->string()) + token->string()->size());
    }
    [[nodiscard]] std::string count() {
        return database.look("select count(*) from personal_access_tokens");
    }

    TestDatabase database;
    InProcessServer server{settings::PoolName::internal, database};
};

constexpr const char* kNoUser = "Could not find the given user";
constexpr const char* kNoKey = "Could not find the given key";

}  // namespace

BOOST_AUTO_TEST_SUITE(shell_personal_access_token)

BOOST_DATA_TEST_CASE(documented_example, data::make(dialects()), dialect) {
    Tokens tokens{dialect};
    const http::Response response = tokens.ask(kDocumented);
    BOOST_TEST(response.status == 200);
    const std::string start = R"({"success":true,"token":"glpat-)";
    BOOST_TEST_REQUIRE(response.body.starts_with(start), response.body);
    const std::string random = response.body.substr(start.size(), 20);
    BOOST_TEST(
        random.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-"
        ) == std::string::npos
    );
    BOOST_TEST(
        response.body.substr(start.size() + 20) ==
        R"(","scopes":["read_user","read_repository"],"expires_at":"2020-07-24"})"
    );
    BOOST_TEST(
        tokens.database.look("select user_id || ' ' || name || ' ' || scopes || ' ' || expires_at "
                             "from personal_access_tokens where user_id = 29"
        ) == R"(29 mytokenname ["read_user","read_repository"] 2020-07-24)"
    );
    BOOST_TEST(
        tokens.database.look(
            "select count(*) from personal_access_tokens where "
            "token_digest like '%" +
            random + "%' or name like '%" + random + "%'"
        ) == "0"
    );
}

BOOST_DATA_TEST_CASE(as_gitlab_shell_asks, data::make(dialects()), dialect) {
    Tokens tokens{dialect};
    BOOST_TEST(
        tokens.created(R"({"key_id":"7","name":"t","scopes":["api"],"expires_at":"2026-02-14"})") ==
        R"(","scopes":["api"],"expires_at":"2026-02-14"})"
    );
    BOOST_TEST(
        tokens.database.look("select user_id from personal_access_tokens where name = 't'") == "7"
    );
    BOOST_TEST(
        tokens.database.look("select count(*) from keys where id = 7 and last_used_at is not null"
        ) == "1"
    );
}

BOOST_DATA_TEST_CASE(token_works, data::make(dialects()), dialect) {
    Tokens tokens{dialect};
    const auto answer = json::parse(tokens.ask("key_id=11&name=t&scopes[]=read_api").body);
    const json::Value* const token = answer.value().find("token");
    BOOST_TEST_REQUIRE(token != nullptr);
    InProcessServer open{settings::PoolName::public_, tokens.database};
    const http::Response response = open.get(
        "/api/v4/namespaces/1234/gitlab_subscription", {{"PRIVATE-TOKEN", *token->string()}}
    );
    BOOST_TEST(response.status == 200);
}

BOOST_DATA_TEST_CASE(two_are_never_the_same, data::make(dialects()), dialect) {
    Tokens tokens{dialect};
    BOOST_TEST(tokens.ask(kDocumented).body != tokens.ask(kDocumented).body);
    BOOST_TEST(tokens.count() == "3");
}

BOOST_DATA_TEST_CASE(who_gets_none, data::make(dialects()), dialect) {
    Tokens tokens{dialect};
    const std::string rest = "&name=t&scopes[]=api";
    tokens.refuses("user_id=424242" + rest, kNoUser);
    tokens.refuses("user_id=29x" + rest, kNoUser);
    tokens.refuses(R"({"user_id":99999999999999999999,"name":"t"})", kNoUser);
    tokens.refuses(R"({"user_id":-29,"name":"t"})", kNoUser);
    tokens.refuses("key_id=424242" + rest, kNoKey);
    tokens.refuses(rest, kNoKey);
    tokens.run("update keys set type = 'DeployKey' where id = 7");
    const char* const deploy_key = "Deploy keys cannot be used to create personal access tokens";
    tokens.refuses("key_id=7" + rest, deploy_key);
    tokens.refuses("key_id=7&user_id=29" + rest, deploy_key);
    tokens.run("update keys set type = 'Key', user_id = null where id = 7");
    tokens.refuses("key_id=7" + rest, "Could not find a user for the given key");
    for (const char* const state :
         {"blocked", "ldap_blocked", "blocked_pending_approval", "banned"}) {
        tokens.run("update users set state = '" + std::string{state} + "' where id = 29");
        tokens.refuses("user_id=29" + rest, "Failed to create token: Not permitted to create");
    }
    tokens.run("update users set state = 'deactivated' where id = 29");
    BOOST_TEST(tokens.created("user_id=29" + rest).starts_with("\",\"scopes\""));
}

BOOST_DATA_TEST_CASE(faults_of_the_wish, data::make(dialects()), dialect) {
    Tokens tokens{dialect};
    const std::string name = "user_id=29&name=t";
    const std::string good = name + "&scopes[]=api";
    tokens.refuses("user_id=29&scopes[]=api", "No token name specified");
    tokens.refuses("user_id=29&name=+&scopes[]=api", "No token name specified");
    tokens.refuses(name, "No token scopes specified");
    tokens.refuses(R"({"user_id":29,"name":"t","scopes":[]})", "No token scopes specified");
    tokens.refuses(R"({"user_id":29,"name":"t","scopes":null})", "No token scopes specified");
    tokens.refuses(
        name + "&scopes[]=api&scopes[]=sudo",
        R"(Invalid scope: 'sudo'. Valid scopes are: [\"api\", \"create_runner\", \"k8s_proxy\", )"
        R"(\"manage_runner\", \"read_api\", \"read_registry\", \"read_repository\", )"
        R"(\"read_user\", \"self_rotate\", \"write_registry\", \"write_repository\"])"
    );
    tokens.refuses(good + "&expires_at=soon", "Invalid token expiry date: 'soon'");
    tokens.refuses(
        good + "&expires_at=2027-01-16",
        "Failed to create token: Expiration date must be before 2027-01-15"
    );
    for (const char* const body :
         {R"({"user_id":29,"name":"t","scopes":{"a":"api"}})",
          R"({"user_id":29,"name":"t","scopes":[["api"]]})"}) {
        check(tokens.ask(body), 400, R"({"error":"scopes is invalid"})");
    }
    check(
        tokens.ask(R"({"user_id":29,"name":["t"],"scopes":["api"]})"),
        400,
        R"({"error":"name is invalid"})"
    );
}

BOOST_DATA_TEST_CASE(expiry, data::make(dialects()), dialect) {
    Tokens tokens{dialect};
    const std::string good = "user_id=29&name=t&scopes=api";
    BOOST_TEST(tokens.created(good) == R"(","scopes":["api"],"expires_at":"2027-01-15"})");
    BOOST_TEST(tokens.created(good + "&expires_at=").ends_with(R"("expires_at":"2027-01-15"})"));
    BOOST_TEST(
        tokens.created(good + "&expires_at=24+Jul+2026").ends_with(R"("expires_at":"2026-07-24"})")
    );
    tokens.server.settings.tokens.personal_access_token_max_lifetime_days = 400;
    BOOST_TEST(
        tokens.created(good + "&expires_at=2027-02-19").ends_with(R"("expires_at":"2027-02-19"})")
    );
    tokens.run("update application_settings set require_personal_access_token_expiry = false");
    BOOST_TEST(tokens.created(good).ends_with(R"("expires_at":null})"));
    BOOST_TEST(
        tokens.created(good + "&expires_at=2099-01-01").ends_with(R"("expires_at":"2099-01-01"})")
    );
}

BOOST_DATA_TEST_CASE(settings_of_the_instance, data::make(dialects()), dialect) {
    Tokens tokens{dialect};
    tokens.server.settings.features.container_registry = false;
    tokens.refuses(
        "user_id=29&name=t&scopes[]=api&scopes[]=read_registry",
        "Failed to create token: Scopes can only contain available scopes"
    );
    tokens.server.settings.tokens.personal_access_token_scopes = {"read_user"};
    tokens.refuses(
        "user_id=29&name=t&scopes[]=api",
        R"(Invalid scope: 'api'. Valid scopes are: [\"read_user\"])"
    );
    tokens.server.settings.tokens.personal_access_token_prefix = "";
    const http::Response response = tokens.ask("user_id=29&name=t&scopes[]=read_user");
    BOOST_TEST(response.body.find("glpat") == std::string::npos);
}

BOOST_DATA_TEST_CASE(nothing_of_it_is_logged, data::make(dialects()), dialect) {
    Tokens tokens{dialect};
    for (const char* const body :
         {"user_id=29&name=planted-secret&scopes[]=api",
          "user_id=29&name=t&scopes[]=planted-secret",
          "user_id=29&name=t&scopes[]=api&expires_at=planted-secret",
          "key_id=planted-secret&name=t&scopes[]=api",
          R"({"user_id":29,"name":"t","scopes":[["planted-secret"]]})"}) {
        BOOST_TEST(tokens.ask(body).status < 500);
        BOOST_TEST(tokens.server.log_detail().find("planted-secret") == std::string::npos, body);
    }
    tokens.run("drop table personal_access_tokens");
    BOOST_TEST(tokens.ask("user_id=29&name=planted-secret&scopes[]=api").status == 500);
    BOOST_TEST(tokens.server.log_detail() != "");
    BOOST_TEST(tokens.server.log_detail().find("planted-secret") == std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::test
