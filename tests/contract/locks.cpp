// A lock of the database that somebody else holds: who must write waits on the slow lane, who reads
// waits for nobody.
#include "tests/contract/contract_suite.hpp"
#include "tests/support/write_lock.hpp"

namespace innergate::test {
namespace {

constexpr const char* kUnavailable = R"({"message":"503 Service Unavailable"})";
constexpr const char* kPreReceive = R"({"gl_repository":"project-1"})";
constexpr const char* kFetch =
    R"({"key_id":"7","action":"git-upload-pack","project":"gnuwget/wget2",)"
    R"("changes":"_any","protocol":"ssh"})";

struct Locked {
    explicit Locked(db::Dialect dialect)
        : database(dialect, Content::demo),
          server(settings::PoolName::internal, database, kImpatient) {}

    [[nodiscard]] Call post(std::string_view endpoint, std::string body) const {
        Call call;
        call.method = http::Method::post;
        call.target = "/api/v4/internal/" + std::string{endpoint};
        call.headers = {{"Gitlab-Shell-Api-Request", server.shell_jwt()}};
        call.content_type = "application/json";
        call.body = std::move(body);
        return call;
    }

    TestDatabase database;
    InProcessServer server;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(locks)

BOOST_DATA_TEST_CASE(who_writes_waits_on_the_slow_lane, only(db::Dialect::sqlite), dialect) {
    Locked locked{dialect};
    const Call call = locked.post("pre_receive", kPreReceive);
    {
        const WriteLock lock{locked.database, ""};
        const routing::Outcome asked = locked.server.dispatch(call, Lane::fast);
        BOOST_TEST(asked.needs_slow_lane);
        // What is sent when the lane is full.
        check(asked.response, 503, kUnavailable);
        BOOST_TEST(field(asked.response, "Retry-After") == "2");
        const routing::Outcome waited = locked.server.dispatch(call, Lane::slow);
        BOOST_TEST(!waited.needs_slow_lane);
        check(waited.response, 503, kUnavailable);
    }
    check(locked.server.answer(call), 200, R"({"reference_counter_increased":true})");
    BOOST_TEST(!locked.server.used_slow_lane());
}

BOOST_DATA_TEST_CASE(
    fetch_is_answered_although_somebody_writes, only(db::Dialect::sqlite), dialect
) {
    Locked locked{dialect};
    const WriteLock lock{locked.database, ""};
    const routing::Outcome outcome =
        locked.server.dispatch(locked.post("allowed", kFetch), Lane::fast);
    BOOST_TEST(outcome.response.status == 200, outcome.response.body);
    BOOST_TEST(!outcome.needs_slow_lane);
}

BOOST_DATA_TEST_CASE(
    use_that_could_not_be_written_is_written_later, only(db::Dialect::sqlite), dialect
) {
    Locked locked{dialect};
    const char* const used = "select count(*) from keys where id = 7 and last_used_at is not null";
    {
        const WriteLock lock{locked.database, ""};
        static_cast<void>(locked.server.dispatch(locked.post("allowed", kFetch), Lane::fast));
    }
    BOOST_TEST(locked.database.look(used) == "0");
    static_cast<void>(locked.server.get("/-/liveness"));
    BOOST_TEST(locked.database.look(used) == "1");
}

BOOST_AUTO_TEST_CASE(request_that_waited_too_long_is_not_begun) {
    InProcessServer server{settings::PoolName::internal, demo_database(db::Dialect::sqlite)};
    Call call;
    call.target = "/api/v4/internal/discover?username=root";
    call.headers = {{"Gitlab-Shell-Api-Request", server.shell_jwt()}};
    call.is_late = true;
    const routing::Outcome outcome = server.dispatch(call, Lane::slow);
    check(outcome.response, 503, kUnavailable);
    BOOST_TEST(outcome.log_detail == "waited too long for a thread of the slow lane");
    BOOST_REQUIRE(outcome.route != nullptr);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::test
