// A stop loses nothing that is in the slow lane or enters it at the last moment.
#include <thread>

#include <boost/test/unit_test.hpp>

#include "tests/unit/fastcgi/slow_lane_fixture.hpp"

namespace innergate::fastcgi {
namespace {

BOOST_FIXTURE_TEST_SUITE(slow_lane_stopping, SlowLaneFixture)

BOOST_AUTO_TEST_CASE(running_and_queued_requests_are_finished) {
    options.drain_grace = 0ms;
    start_with_lane();
    std::vector<FastcgiClient> slow = hold_lane();
    for (int count = 0; count < 6; ++count) {
        slow.push_back(connect());
        BOOST_REQUIRE(slow.back().send(get("/slow/queued")));
    }
    BOOST_REQUIRE(handed_over.wait_for(slow.size()));
    pool().stop();
    // Even when nobody is left who could take a request, those taken are answered.
    BOOST_REQUIRE(ended.wait_for(options.threads));
    BOOST_TEST(done_slowly.count() == 0U);
    gate.open();
    BOOST_TEST(stops_within(kDeadline));
    BOOST_TEST(pool().open_connections() == 0U);
    for (std::size_t index = 0; index < slow.size(); ++index) {
        BOOST_TEST(
            summary(slow[index].receive()) ==
            (index < 2 ? "200 GET /slow/wait" : "200 GET /slow/queued")
        );
        BOOST_TEST(slow[index].is_closed_by_server());
    }
}

BOOST_AUTO_TEST_CASE(lane_keeps_the_pool_from_ending_before_the_grace) {
    options.drain_grace = 2 * kDeadline;
    start_with_lane();
    std::vector<FastcgiClient> slow = hold_lane();
    FastcgiClient kept = connect();
    BOOST_REQUIRE(summary(kept.exchange(get("/fast"))) == "200 GET /fast");
    pool().stop();
    // A connection's last request may be a slow one.
    BOOST_REQUIRE(kept.send(get("/slow/last")));
    BOOST_REQUIRE(handed_over.wait_for(3));
    gate.open();
    BOOST_TEST(summary(kept.receive()) == "200 GET /slow/last");
    BOOST_TEST(kept.is_closed_by_server());
    // With the last connection closed, nobody waits for the rest of the grace.
    BOOST_TEST(stops_within(kDeadline));
    BOOST_TEST(pool().open_connections() == 0U);
    for (FastcgiClient& client : slow) {
        BOOST_TEST(summary(client.receive()) == "200 GET /slow/wait");
        BOOST_TEST(client.is_closed_by_server());
    }
}

BOOST_AUTO_TEST_CASE(requests_enter_the_lane_until_the_last_thread_ends) {
    options.drain_grace = 2 * kDeadline;
    start_with_lane();
    std::vector<FastcgiClient> kept;
    for (int count = 0; count < 32; ++count) {
        kept.push_back(connect());
        BOOST_REQUIRE(summary(kept.back().exchange(get("/fast"))) == "200 GET /fast");
    }
    pool().stop();
    std::thread joining{[this] { pool().join(); }};
    for (FastcgiClient& client : kept) {
        BOOST_TEST(summary(client.exchange(get("/slow/last"))) == "200 GET /slow/last");
        BOOST_TEST(client.is_closed_by_server());
    }
    joining.join();
    BOOST_TEST(pool().open_connections() == 0U);
}

BOOST_AUTO_TEST_CASE(idle_lane_does_not_delay_the_stop) {
    options.drain_grace = 2 * kDeadline;
    start_with_lane();
    FastcgiRequest unkept = get("/slow");
    unkept.keeps_connection = false;
    BOOST_REQUIRE(ask(unkept) == "200 GET /slow");
    BOOST_TEST(stops_within(kDeadline));
}

BOOST_AUTO_TEST_CASE(stop_may_be_left_to_the_destructor) {
    start_with_lane();
    FastcgiClient client = connect();
    BOOST_REQUIRE(summary(client.exchange(get("/slow"))) == "200 GET /slow");
    start_successor(describe);
    BOOST_TEST(client.is_closed_by_server());
    BOOST_TEST(ask(get("/next")) == "200 GET /next");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace innergate::fastcgi
