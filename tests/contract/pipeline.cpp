#include "tests/contract/contract_suite.hpp"

namespace innergate::test {
namespace {

constexpr const char* kRubi = R"({"id":7,"name":"Dede Eichmann","username":"rubi"})";
constexpr const char* kMalformed = R"({"error":"message body does not match declared format"})";
constexpr const char* kInvalid = R"({"error":"Invalid parameters"})";
constexpr const char* kNotFound = R"({"error":"404 Not Found"})";

struct Server : InProcessServer {
    Server() : InProcessServer(settings::PoolName::internal, demo_database(db::Dialect::sqlite)) {}

    http::Response discover_with(
        std::string content_type, std::string body, std::string query = {}
    ) {
        Call call;
        call.target = "/api/v4/internal/discover" + query;
        call.headers = {{"Gitlab-Shell-Api-Request", shell_jwt()}};
        call.content_type = std::move(content_type);
        call.body = std::move(body);
        return answer(call);
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(pipeline, Server)

BOOST_AUTO_TEST_CASE(bodies_of_every_kind_are_read) {
    check(discover_with("application/json", R"({"key_id":7})"), 200, kRubi);
    check(discover_with("Application/JSON; charset=utf-8", R"({"key_id":"7"})"), 200, kRubi);
    check(discover_with("application/x-www-form-urlencoded", "key_id=7"), 200, kRubi);
    check(discover_with("application/x-www-form-urlencoded", R"({"key_id":7})"), 200, kRubi);
    check(discover_with("", R"({"key_id":7})"), 200, kRubi);
    check(
        discover_with(
            "multipart/form-data; boundary=x",
            "--x\r\nContent-Disposition: form-data; name=\"key_id\"\r\n\r\n7\r\n--x--\r\n"
        ),
        200,
        kRubi
    );
}

BOOST_AUTO_TEST_CASE(body_wins_over_query) {
    check(discover_with("application/json", R"({"key_id":7})", "?key_id=11"), 200, kRubi);
}

BOOST_AUTO_TEST_CASE(null_and_empty_bodies_say_nothing) {
    check(discover_with("application/json", ""), 200, "null");
    check(discover_with("application/json", R"({"key_id":null})"), 200, "null");
    check(discover_with("application/json", "[]"), 200, "null");
}

BOOST_AUTO_TEST_CASE(broken_bodies_are_refused) {
    for (const std::string& body :
         {std::string{"{"},
          std::string{"{\"key_id\":7} x"},
          std::string(60'000, '['),
          std::string{"{\"key_id\":\"\xff\"}"},
          std::string{"{\"key_id\":\"\\u0000\"}"},
          std::string{"{}\0", 3}}) {
        check(discover_with("application/json", body), 400, kMalformed);
    }
    for (const std::string body : {"a=%", "a=1&a[b]=2", "a=%00", "a=%ff"}) {
        check(discover_with("application/x-www-form-urlencoded", body), 400, kInvalid);
    }
    check(discover_with("multipart/form-data", "x"), 400, kInvalid);
    check(discover_with("", "", "?a=%zz"), 400, kInvalid);
}

BOOST_AUTO_TEST_CASE(other_media_types_are_refused) {
    check(
        discover_with("text/plain", "key_id=7"),
        415,
        R"({"error":"The provided content-type 'text/plain' is not supported."})"
    );
    check(discover_with("text/plain", ""), 200, "null");
}

BOOST_AUTO_TEST_CASE(limits_are_those_of_the_settings) {
    settings.limits.max_body_bytes = 12;
    check(discover_with("application/json", R"({"key_id":7})"), 200, kRubi);
    BOOST_TEST(discover_with("application/json", R"({"key_id":77})").status == 413);
    settings.limits.max_parameters = 2;
    check(discover_with("", "", "?a=1&key_id=7"), 200, kRubi);
    check(discover_with("", "", "?a=1&b=1&key_id=7"), 400, kInvalid);
}

BOOST_AUTO_TEST_CASE(spellings_of_a_path) {
    for (const std::string target :
         {"//api//v4/internal/discover?key_id=7",
          "/api/v4/internal/discover/?key_id=7",
          "/api/v4/%69nternal/discover?key_id=7",
          "http://host/api/v4/internal/discover?key_id=7"}) {
        check(shell_get(target), 200, kRubi);
    }
    for (const std::string target :
         {"/api/v4/internal/../internal/discover",
          "/api/v4/internal/%2e%2e/internal/discover",
          "/api/v4/./internal/discover",
          "/api/v4/internal%2Fdiscover",
          "/API/v4/internal/discover",
          "/"}) {
        check(shell_get(target), 404, kNotFound);
    }
    for (const std::string target : {"/%", "/api/v4/%00", "/api/v4/%ff"}) {
        check(shell_get(target), 400, R"({"error":"400 Bad Request"})");
    }
}

BOOST_AUTO_TEST_CASE(relative_root_is_removed_where_it_stands) {
    settings.instance.relative_url_root = "/gitlab";
    check(shell_get("/gitlab/api/v4/internal/discover?key_id=7"), 200, kRubi);
    check(shell_get("//gitlab/api/v4/internal/discover?key_id=7"), 200, kRubi);
    check(shell_get("/gitlabs/api/v4/internal/discover?key_id=7"), 404, kNotFound);
}

BOOST_AUTO_TEST_CASE(other_methods_are_told_what_is_allowed) {
    for (const http::Method method :
         {http::Method::post,
          http::Method::put,
          http::Method::delete_,
          http::Method::options,
          http::Method::other}) {
        Call call;
        call.method = method;
        call.target = "/api/v4/internal/discover";
        const http::Response response = answer(call);
        check(response, 405, R"({"error":"405 Not Allowed"})");
        BOOST_TEST(field(response, "Allow") == "GET, HEAD");
    }
    Call head;
    head.method = http::Method::head;
    head.target = "/api/v4/internal/discover?key_id=7";
    head.headers = {{"Gitlab-Shell-Api-Request", shell_jwt()}};
    BOOST_TEST(answer(head).status == 200);
}

BOOST_AUTO_TEST_CASE(correlation_id_is_the_clients_if_it_is_harmless) {
    const auto id_for = [this](const std::string& sent) {
        return field(get("/-/liveness", {{"X-Request-Id", sent}}), "X-Request-Id");
    };
    BOOST_TEST(id_for("01HX-abc_1.2") == "01HX-abc_1.2");
    for (const std::string& odd :
         {std::string{},
          std::string(129, 'x'),
          std::string{"a b"},
          std::string{"a\r\nX: y"},
          std::string{"\"}"}}) {
        BOOST_TEST(id_for(odd) != odd);
        BOOST_TEST(id_for(odd).size() == 36U);
    }
}

BOOST_AUTO_TEST_CASE(database_that_is_gone_is_said_to_come_back) {
    TestDatabase database{db::Dialect::sqlite};
    InProcessServer server{settings::PoolName::internal, database};
    database.destroy();
    const http::Response response = server.shell_get("/api/v4/internal/discover?key_id=7");
    check(response, 503, R"({"message":"503 Service Unavailable"})");
    BOOST_TEST(field(response, "Retry-After") == "2");
    BOOST_TEST(server.log_detail().find("there is no database file") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::test
