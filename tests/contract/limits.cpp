// What is longer than its row takes is refused before anything looks at it; what is long and taken
// is parsed on the slow lane.
#include <array>
#include <ranges>

#include "app/routing/parameters.hpp"
#include "handlers/path_tables.hpp"
#include "tests/contract/portal_suite.hpp"
#include "tests/contract/shell/push_hook.hpp"

namespace innergate::test {
namespace {

using settings::PoolName;

constexpr const char* kPack = "/api/v4/namespaces/127/minutes";
constexpr const char* kSubscription = "/api/v4/namespaces/127/gitlab_subscription";
constexpr const char* kUnavailable = R"({"message":"503 Service Unavailable"})";

/// The pattern, with something for each of its parameters.
std::string some_target(std::string_view pattern) {
    std::string target;
    for (const auto& part : std::views::split(pattern.substr(1), '/')) {
        const std::string_view segment{part.begin(), part.end()};
        const bool is_parameter = segment.starts_with(':') || segment.starts_with('*');
        target += "/" + std::string{is_parameter ? "1" : segment};
    }
    return target;
}

/// JSON of so many bytes that says nothing.
std::string long_body(std::size_t bytes) {
    const std::string body = R"({"filler":")";
    return body + std::string(bytes - body.size() - 2, 'x') + "\"}";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(limits)

BOOST_AUTO_TEST_CASE(no_row_takes_a_longer_body_than_it_says) {
    for (const PoolName pool : {PoolName::internal, PoolName::public_}) {
        InProcessServer server{pool, demo_database(db::Dialect::sqlite)};
        const routing::PathTable table = handlers::path_table(pool);
        for (const routing::Route* const route : table.routes()) {
            if (!routing::reads_body(*route) || route->max_body_bytes == routing::kAnyBody) {
                continue;
            }
            BOOST_TEST_CONTEXT(http::to_string(route->method) << " " << route->pattern) {
                Call call;
                call.method = route->method;
                call.target = some_target(route->pattern);
                call.content_type = "application/json";
                call.body = long_body(route->max_body_bytes + 1);
                // Nobody has asked who is there.
                BOOST_TEST(server.answer(call).status == 413);
                BOOST_TEST(!server.body_was_read());
                call.body = long_body(route->max_body_bytes);
                BOOST_TEST(server.answer(call).status != 413);
            }
        }
        BOOST_TEST(server.statements() < table.routes().size());
    }
}

BOOST_AUTO_TEST_CASE(length_that_was_not_announced_is_found_out) {
    InProcessServer server{PoolName::public_, demo_database(db::Dialect::sqlite)};
    Call call = portal_call(http::Method::get, kSubscription, long_body(routing::kSmallBody + 1));
    call.announces_length = false;
    check(server.answer(call), 413, R"({"error":"413 Content Too Large"})");
    call.headers.clear();
    BOOST_TEST(server.answer(call).status == 401);
    call = portal_call(http::Method::get, kSubscription, long_body(routing::kSmallBody));
    BOOST_TEST(server.answer(call).status == 200);
    BOOST_TEST(server.used_slow_lane());
}

BOOST_AUTO_TEST_CASE(limit_of_the_settings_is_never_exceeded) {
    InProcessServer server{PoolName::internal, demo_database(db::Dialect::sqlite)};
    server.settings.limits.max_body_bytes = 100;
    BOOST_TEST(server.shell_post("post_receive", long_body(101)).status == 413);
    BOOST_TEST(server.shell_post("pre_receive", long_body(101)).status == 413);
    BOOST_TEST(server.shell_post("pre_receive", long_body(100)).status == 400);
}

BOOST_AUTO_TEST_CASE(long_bodies_are_parsed_on_the_slow_lane) {
    InProcessServer server{PoolName::public_, demo_database(db::Dialect::sqlite)};
    const auto post = [&server](std::size_t bytes) {
        return server.answer(portal_call(http::Method::post, kPack, long_body(bytes)));
    };
    BOOST_TEST(post(routing::kLongBody).status == 400);
    BOOST_TEST(!server.used_slow_lane());
    BOOST_TEST(post(routing::kLongBody + 1).status == 400);
    BOOST_TEST(server.used_slow_lane());
    server.fill_slow_lane();
    BOOST_TEST(post(routing::kLongBody).status == 400);
    check(post(routing::kLongBody + 1), 503, kUnavailable);
}

BOOST_AUTO_TEST_CASE(strangers_and_what_is_no_body_stay_on_the_fast_lane) {
    InProcessServer server{PoolName::public_, demo_database(db::Dialect::sqlite)};
    Call call = portal_call(http::Method::post, kPack, long_body(routing::kLongBody + 1));
    call.headers = {{"PRIVATE-TOKEN", "no such token"}};
    BOOST_TEST(server.answer(call).status == 401);
    BOOST_TEST(!server.used_slow_lane());
    BOOST_TEST(!server.body_was_read());
}

// The push is done: what it leaves must be kept, whatever the lane is busy with.
BOOST_DATA_TEST_CASE(
    long_push_is_recorded_when_the_lane_is_full, boost::unit_test::data::make(dialects()), dialect
) {
    Hook hook{dialect};
    std::string changes;
    while (changes.size() <= routing::kLongBody) {
        changes += updated("branch-" + std::to_string(changes.size()));
    }
    BOOST_TEST(hook.tell(body_of({.changes = changes})).status == 200);
    BOOST_TEST(hook.server.used_slow_lane());
    hook.server.fill_slow_lane();
    BOOST_TEST(hook.tell(body_of({.changes = changes})).status == 200);
    BOOST_TEST(!hook.server.used_slow_lane());
    BOOST_TEST(hook.jobs() == "2");
}

BOOST_AUTO_TEST_CASE(token_is_found_among_everything_else) {
    InProcessServer server{PoolName::public_, demo_database(db::Dialect::sqlite)};
    const auto status = [&server](const std::string& body, const std::string& type) {
        Call call = portal_call(http::Method::get, kSubscription, body);
        call.headers.clear();
        call.content_type = type;
        return server.answer(call).status;
    };
    const std::string token = std::string{"\""} + kPortalToken + "\"";
    const std::string json = "application/json";
    BOOST_TEST(status(R"({"private_token":)" + token + "}", json) == 200);
    BOOST_TEST(status(R"({"private_token":)" + token + "}", "") == 200);
    BOOST_TEST(status(R"({"a":[{"private_token":1}],"private_token":)" + token + "}", json) == 200);
    BOOST_TEST(status(R"({"private_token":"x","access_token":)" + token + "}", json) == 401);
    BOOST_TEST(status(R"({"private_token":"","access_token":)" + token + "}", json) == 200);
    BOOST_TEST(status(R"({"private_token":7,"access_token":)" + token + "}", json) == 200);
    BOOST_TEST(status(R"({"private_token":)" + token + R"(,"private_token":7})", json) == 401);
    BOOST_TEST(status(R"({"private_token":"x","private_token":)" + token + "}", json) == 200);
    for (const std::string& other : std::vector<std::string>{
             R"({"private_token":{"private_token":)" + token + "}}",
             R"({"private_token":[)" + token + "]}",
             R"({"a":{"private_token":)" + token + "}}",
             R"([{"private_token":)" + token + "}]",
             R"(["private_token",)" + token + "]",
             R"({"a":"private_token","b":)" + token + "}",
             R"({"private_token":)" + token}) {
        BOOST_TEST(status(other, json) == 401, other);
    }
    BOOST_TEST(status(std::string{"a=1&private_token="} + kPortalToken, "") == 200);
    BOOST_TEST(status(std::string{"{=1&private_token="} + kPortalToken, "") == 200);
}

BOOST_AUTO_TEST_CASE(more_values_than_any_client_sends_are_no_json) {
    InProcessServer server{PoolName::internal, demo_database(db::Dialect::sqlite)};
    std::string body = R"({"gl_repository":"project-3","filler":[1)";
    for (std::size_t count = 0; count < json::kMaxRequestValues; ++count) {
        body += ",1";
    }
    body += "]}";
    check(
        server.shell_post("post_receive", body),
        400,
        R"({"error":"message body does not match declared format"})"
    );
    BOOST_TEST(server.log_detail().ends_with("too many values"), server.log_detail());
}

BOOST_AUTO_TEST_CASE(longer_lists_than_any_client_sends_are_refused) {
    InProcessServer server{PoolName::internal, demo_database(db::Dialect::sqlite)};
    std::string options = "1";
    for (int count = 1; count <= 10'000; ++count) {
        options += ",1";
    }
    check(
        server.shell_post(
            "post_receive", R"({"gl_repository":"project-3","push_options":[)" + options + "]}"
        ),
        400,
        R"({"error":"push_options is expected to have length less than or equal to 10000"})"
    );
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::test
