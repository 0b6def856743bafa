#include "tests/contract/contract_suite.hpp"

namespace innergate::test {
namespace {

namespace data = boost::unit_test::data;

constexpr const char* kToken = "glpat-innergate-demo-admin";
constexpr const char* kTarget = "/api/v4/namespaces/1234/gitlab_subscription";
constexpr const char* kUnauthorized = R"({"message":"401 Unauthorized"})";
constexpr const char* kExpired =
    R"({"error":"invalid_token","error_description":"Token is expired. You can either do re-authorization or )"
    R"(token refresh."})";
constexpr const char* kRevoked =
    R"({"error":"invalid_token","error_description":"Token was revoked. You have to re-authorize from the )"
    R"(user."})";
constexpr const char* kScope =
    R"({"error":"insufficient_scope","error_description":"The request requires higher privileges than )"
    R"(provided by the access token.","scope":"api read_api"})";

struct Fresh {
    explicit Fresh(db::Dialect dialect)
        : database(dialect, Content::demo), server(settings::PoolName::public_, database) {}

    void change_token(const std::string& assignments) {
        database.session().execute_once("update personal_access_tokens set " + assignments);
    }
    http::Response get() { return server.get(kTarget, {{"PRIVATE-TOKEN", kToken}}); }
    std::optional<Timestamp> last_use() {
        std::optional<Timestamp> time;
        database.session().fetch_one(
            db::Query{"test.last_use", "select last_used_at from personal_access_tokens limit 1"},
            soci::into(time)
        );
        return time;
    }

    TestDatabase database;
    InProcessServer server;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(personal_access_token)

BOOST_DATA_TEST_CASE(token_is_found_in_every_documented_place, data::make(dialects()), dialect) {
    InProcessServer server{settings::PoolName::public_, demo_database(dialect)};
    const std::string token = kToken;
    BOOST_TEST(server.get(kTarget, {{"PRIVATE-TOKEN", token}}).status == 200);
    BOOST_TEST(server.get(kTarget, {{"Authorization", "Bearer " + token}}).status == 200);
    BOOST_TEST(server.get(kTarget, {{"Authorization", "bEARER " + token}}).status == 200);
    BOOST_TEST(server.get(kTarget, {{"TOKEN", token}}).status == 200);
    BOOST_TEST(server.get(std::string{kTarget} + "?private_token=" + token).status == 200);
    BOOST_TEST(server.get(std::string{kTarget} + "?access_token=" + token).status == 200);
    for (const auto& [type, body] : std::initializer_list<std::pair<const char*, std::string>>{
             {"application/x-www-form-urlencoded", "private_token=" + token},
             {"application/json", R"({"access_token":")" + token + R"("})"},
             {"", R"({"private_token":")" + token + R"("})"}}) {
        BOOST_TEST(
            server.answer({.target = kTarget, .headers = {}, .content_type = type, .body = body})
                .status == 200
        );
    }
}

BOOST_DATA_TEST_CASE(long_body_is_not_searched_for_a_token, data::make(dialects()), dialect) {
    InProcessServer server{settings::PoolName::public_, demo_database(dialect)};
    const std::string body =
        std::string{"private_token="} + kToken + "&x=" + std::string(std::size_t{64} * 1024, 'x');
    check(
        server.answer(
            {.target = kTarget,
             .headers = {},
             .content_type = "application/x-www-form-urlencoded",
             .body = body,
             .announces_length = false}
        ),
        401,
        kUnauthorized
    );
}

BOOST_DATA_TEST_CASE(switched_off, data::make(dialects()), dialect) {
    InProcessServer server{settings::PoolName::public_, demo_database(dialect)};
    server.settings.features.subscriptions = false;
    check(server.get(kTarget, {{"PRIVATE-TOKEN", kToken}}), 404, R"({"error":"404 Not Found"})");
}

BOOST_DATA_TEST_CASE(admin_mode_asks_for_its_scope, data::make(dialects()), dialect) {
    Fresh fresh{dialect};
    fresh.database.session().execute_once("update application_settings set admin_mode = true");
    fresh.database.session().execute_once("delete from members where user_id = 1");
    check(fresh.get(), 404, R"({"message":"404 Namespace Not Found"})");
    fresh.change_token(R"sql(scopes = '["api","admin_mode"]')sql");
    BOOST_TEST(fresh.get().status == 200);
}

BOOST_DATA_TEST_CASE(first_place_that_is_not_empty_counts, data::make(dialects()), dialect) {
    InProcessServer server{settings::PoolName::public_, demo_database(dialect)};
    const std::string token = kToken;
    BOOST_TEST(server.get(kTarget, {{"PRIVATE-TOKEN", ""}, {"TOKEN", token}}).status == 200);
    check(server.get(kTarget, {{"PRIVATE-TOKEN", "x"}, {"TOKEN", token}}), 401, kUnauthorized);
    check(
        server.get(
            std::string{kTarget} + "?private_token=" + token, {{"Authorization", "Bearer x"}}
        ),
        401,
        kUnauthorized
    );
    check(
        server.get(kTarget, {{"PRIVATE-TOKEN", token}, {"PRIVATE-TOKEN", "x"}}), 401, kUnauthorized
    );
}

BOOST_DATA_TEST_CASE(what_is_no_token, data::make(dialects()), dialect) {
    InProcessServer server{settings::PoolName::public_, demo_database(dialect)};
    check(server.get(kTarget), 401, kUnauthorized);
    check(server.get(kTarget, {{"PRIVATE-TOKEN", "glpat-unknown"}}), 401, kUnauthorized);
    check(server.get(kTarget, {{"Authorization", "Basic cm9vdDpyb290"}}), 401, kUnauthorized);
    check(server.get(kTarget, {{"JOB-TOKEN", kToken}}), 401, kUnauthorized);
    check(server.get(std::string{kTarget} + "?private_token[]=x"), 401, kUnauthorized);
}

BOOST_DATA_TEST_CASE(states_of_a_token_in_their_order, data::make(dialects()), dialect) {
    Fresh fresh{dialect};
    fresh.change_token("expires_at = '2026-01-16'");
    BOOST_TEST(fresh.get().status == 200);
    fresh.change_token("revoked = true");
    check(fresh.get(), 401, kRevoked);
    fresh.change_token("expires_at = '2026-01-15'");
    const http::Response expired = fresh.get();
    check(expired, 401, kExpired);
    BOOST_TEST(
        field(expired, "WWW-Authenticate") ==
        R"(Bearer realm="The API", error="invalid_token", error_description="Token is expired. You can either )"
        R"(do re-authorization or token refresh.")"
    );
}

BOOST_DATA_TEST_CASE(user_must_be_active, data::make(dialects()), dialect) {
    Fresh fresh{dialect};
    for (const std::string state :
         {"blocked", "banned", "deactivated", "ldap_blocked", "blocked_pending_approval"}) {
        fresh.database.session().execute_once(
            "update users set state = '" + state + "' where id = 1"
        );
        check(fresh.get(), 403, R"({"message":"403 Forbidden - Your account has been blocked."})");
    }
}

BOOST_DATA_TEST_CASE(scopes_must_suffice, data::make(dialects()), dialect) {
    Fresh fresh{dialect};
    for (const std::string scopes :
         {R"(["api"])", R"(["read_api"])", R"(["read_user","read_api"])"}) {
        fresh.change_token("scopes = '" + scopes + "'");
        BOOST_TEST(fresh.get().status == 200, scopes);
    }
    for (const std::string scopes : {"[]", R"(["read_user"])", R"(["apis"])", "broken"}) {
        fresh.change_token("scopes = '" + scopes + "'");
        const http::Response response = fresh.get();
        check(response, 403, kScope);
        BOOST_TEST(field(response, "WWW-Authenticate").empty());
    }
}

BOOST_DATA_TEST_CASE(use_is_remembered_every_ten_minutes, data::make(dialects()), dialect) {
    Fresh fresh{dialect};
    const Timestamp start = fresh.server.clock.now();
    BOOST_TEST(!fresh.last_use().has_value());
    BOOST_TEST(fresh.get().status == 200);
    BOOST_TEST((fresh.last_use() == start));
    fresh.server.clock.set(start + std::chrono::minutes{10});
    BOOST_TEST(fresh.get().status == 200);
    BOOST_TEST((fresh.last_use() == start));
    fresh.server.clock.set(start + std::chrono::minutes{11});
    BOOST_TEST(fresh.get().status == 200);
    BOOST_TEST((fresh.last_use() == start + std::chrono::minutes{11}));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::test
