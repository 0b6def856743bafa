// Handlers that begin slow work, in a path table that only these tests have.
#include <array>
#include <span>

#include "app/auth/shell_jwt.hpp"
#include "app/routing/path_table.hpp"
#include "app/routing/slow_work.hpp"
#include "tests/contract/contract_suite.hpp"

namespace innergate::test {
namespace {

struct CloneRequest {
    std::optional<bool> is_cached;
};
constexpr auto kCloneParams = params::schema<CloneRequest>(
    params::optional("is_cached", &CloneRequest::is_cached, "Answered without slow work")
);

struct CloneReply {
    bool was_slow = false;
};
constexpr auto shape_of(std::type_identity<CloneReply> /*type*/) {
    return shape::object<CloneReply>(
        shape::member("was_slow", &CloneReply::was_slow, "Whether slow work was begun")
    );
}

Result<CloneReply> clone(const CloneRequest& request, const routing::SlowWork& slow_work) {
    if (request.is_cached.value_or(false)) {
        return CloneReply{.was_slow = false};
    }
    slow_work.begin();
    return CloneReply{.was_slow = true};
}

CloneReply clone_if_room(const routing::SlowWork& slow_work) {
    return {.was_slow = slow_work.begin_if_room()};
}

/// A mistake: no begin() throws this on the slow lane.
CloneReply confused() {
    throw routing::NeedsSlowLane{};
}

constexpr std::array kAnswers{routing::Answer{200, "Done.", R"({"was_slow":true})"}};
constexpr std::array kRows{
    routing::Route{
        .method = http::Method::post,
        .pattern = "/clone",
        .auth = auth::kShellJwt,
        .operation = routing::operation<clone, kCloneParams>,
        .summary = "Does slow work unless told otherwise",
        .answers = kAnswers,
    },
    routing::Route{
        .method = http::Method::post,
        .pattern = "/clone-if-room",
        .auth = auth::kShellJwt,
        .operation = routing::operation<clone_if_room>,
        .summary = "Does slow work unless the lane is full",
        .answers = kAnswers,
    },
    routing::Route{
        .method = http::Method::post,
        .pattern = "/confused",
        .auth = auth::kShellJwt,
        .operation = routing::operation<confused>,
        .summary = "Always asks for the slow lane",
        .answers = kAnswers,
    },
};

routing::PathTable slow_table() {
    static constexpr std::array kAreas{routing::Area{"test", kRows}};
    return routing::PathTable{kAreas};
}

struct SlowServer : InProcessServer {
    SlowServer() : InProcessServer(slow_table(), demo_database(db::Dialect::sqlite)) {}

    [[nodiscard]] Call post(std::string target, std::string body = {}) const {
        Call call;
        call.method = http::Method::post;
        call.target = std::move(target);
        call.headers = {{"Gitlab-Shell-Api-Request", shell_jwt()}, {"X-Request-Id", "one"}};
        call.content_type = "application/json";
        call.body = std::move(body);
        return call;
    }
};

constexpr const char* kUnavailable = R"({"message":"503 Service Unavailable"})";
constexpr const char* kInternalError = R"({"message":"500 Internal Server Error"})";

}  // namespace

BOOST_FIXTURE_TEST_SUITE(slow_lane, SlowServer)

BOOST_AUTO_TEST_CASE(slow_work_is_refused_on_the_fast_lane_and_done_on_the_slow) {
    const routing::Outcome asked = dispatch(post("/clone"), Lane::fast);
    BOOST_TEST(asked.needs_slow_lane);
    const routing::Outcome done = dispatch(post("/clone"), Lane::slow);
    BOOST_TEST(!done.needs_slow_lane);
    check(done.response, 200, R"({"was_slow":true})");
    BOOST_TEST(done.log_detail.empty());
    BOOST_TEST(done.caller == asked.caller);
    BOOST_TEST(done.correlation_id == "one");
}

BOOST_AUTO_TEST_CASE(what_is_sent_when_the_lane_is_full) {
    const routing::Outcome asked = dispatch(post("/clone"), Lane::fast);
    check(asked.response, 503, kUnavailable);
    BOOST_TEST(field(asked.response, "Retry-After") == "2");
    BOOST_TEST(field(asked.response, "X-Request-Id") == "one");
    BOOST_TEST(asked.log_detail == "slow lane is full");
    BOOST_REQUIRE(asked.route != nullptr);
    BOOST_TEST(asked.route->pattern == "/clone");
}

BOOST_AUTO_TEST_CASE(who_can_do_without_the_lane_is_not_refused_when_it_is_full) {
    BOOST_TEST(!dispatch(post("/clone"), Lane::fast).can_do_without_slow_lane);
    const routing::Outcome asked = dispatch(post("/clone-if-room"), Lane::fast);
    BOOST_TEST(asked.needs_slow_lane);
    BOOST_TEST(asked.can_do_without_slow_lane);
    check(answer(post("/clone-if-room")), 200, R"({"was_slow":true})");
    fill_slow_lane();
    check(answer(post("/clone-if-room")), 200, R"({"was_slow":false})");
    BOOST_TEST(!used_slow_lane());
    check(answer(post("/clone")), 503, kUnavailable);
}

BOOST_AUTO_TEST_CASE(handler_that_needs_no_slow_work_answers_at_once) {
    const routing::Outcome outcome = dispatch(post("/clone", R"({"is_cached":true})"), Lane::fast);
    BOOST_TEST(!outcome.needs_slow_lane);
    check(outcome.response, 200, R"({"was_slow":false})");
}

BOOST_AUTO_TEST_CASE(refusals_come_before_the_lane) {
    Call stranger = post("/clone");
    stranger.headers.clear();
    const std::array refused{
        dispatch(stranger, Lane::fast),
        dispatch(post("/clone", "{"), Lane::fast),
        dispatch(post("/clone", R"({"is_cached":"perhaps"})"), Lane::fast),
        dispatch(post("/nowhere"), Lane::fast)};
    const std::array statuses{401, 400, 400, 404};
    for (std::size_t index = 0; index < refused.size(); ++index) {
        BOOST_TEST(!refused.at(index).needs_slow_lane);
        BOOST_TEST(refused.at(index).response.status == statuses.at(index));
    }
}

BOOST_AUTO_TEST_CASE(lane_that_is_asked_for_on_itself_is_a_fault) {
    const routing::Outcome outcome = dispatch(post("/confused"), Lane::slow);
    BOOST_TEST(!outcome.needs_slow_lane);
    check(outcome.response, 500, kInternalError);
    BOOST_TEST(!outcome.log_detail.empty());
}

BOOST_AUTO_TEST_CASE(server_of_the_tests_goes_both_ways) {
    check(answer(post("/clone")), 200, R"({"was_slow":true})");
    BOOST_TEST(used_slow_lane());
    check(answer(post("/clone", R"({"is_cached":true})")), 200, R"({"was_slow":false})");
    BOOST_TEST(!used_slow_lane());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::test
