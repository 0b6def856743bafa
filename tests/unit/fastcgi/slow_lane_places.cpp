// Who gets into the slow lane, in which order they come out, and what is left behind.
#include <thread>

#include <boost/test/unit_test.hpp>

#include "app/fastcgi/slow_lane.hpp"

namespace innergate::fastcgi {
namespace {

class Servers {
public:
    Servers() { Exchange::initialise_library(); }

    /// Sends a request in, which says by its descriptor which it is. Whether the lane gave
    /// `expected` for its server.
    [[nodiscard]] bool enter(SlowLane& lane, int number, const RequestServer* expected = nullptr)
        const {
        SlowRequest request{
            .server = std::make_unique<RequestServer>(limits_, on_fault_),
            .connection = {.descriptor = number, .serial = 1},
        };
        const std::unique_ptr<RequestServer> spare = lane.enter(std::move(request));
        return spare.get() == expected;
    }

private:
    settings::Limits limits_;
    OnFault on_fault_ = [](std::string_view) {};
};

BOOST_FIXTURE_TEST_SUITE(slow_lane_places, Servers)

BOOST_AUTO_TEST_CASE(threads_and_queue_together_are_the_places) {
    SlowLane lane{2, 1};
    for (int number = 1; number <= 3; ++number) {
        BOOST_REQUIRE(lane.reserve());
        BOOST_TEST(enter(lane, number));
    }
    BOOST_TEST(!lane.reserve());
    SlowRequest running = lane.next();
    BOOST_TEST(!lane.reserve());
    lane.leave(std::move(running.server));
    BOOST_TEST(lane.reserve());
    BOOST_TEST(!lane.reserve());
}

BOOST_AUTO_TEST_CASE(lane_without_threads_has_no_places) {
    SlowLane lane{0, 64};
    BOOST_TEST(!lane.reserve());
}

BOOST_AUTO_TEST_CASE(first_in_is_first_out_and_is_counted_on_its_way) {
    SlowLane lane{1, 2};
    for (int number = 1; number <= 3; ++number) {
        BOOST_REQUIRE(lane.reserve());
        BOOST_TEST(enter(lane, number));
    }
    for (int number = 1; number <= 3; ++number) {
        BOOST_TEST(lane.queued() == static_cast<std::size_t>(4 - number));
        BOOST_TEST(lane.running() == 0U);
        SlowRequest next = lane.next();
        BOOST_TEST(next.connection.descriptor == number);
        BOOST_TEST(lane.queued() == static_cast<std::size_t>(3 - number));
        BOOST_TEST(lane.running() == 1U);
        lane.leave(std::move(next.server));
    }
}

BOOST_AUTO_TEST_CASE(servers_are_used_again_but_no_more_of_them_kept_than_threads) {
    SlowLane lane{1, 2};
    for (int number = 1; number <= 3; ++number) {
        BOOST_REQUIRE(lane.reserve());
        BOOST_TEST(enter(lane, number));
    }
    SlowRequest first = lane.next();
    const RequestServer* const kept = first.server.get();
    lane.leave(std::move(first.server));
    lane.leave(lane.next().server);
    BOOST_REQUIRE(lane.reserve());
    BOOST_TEST(enter(lane, 4, kept));
    BOOST_REQUIRE(lane.reserve());
    BOOST_TEST(enter(lane, 5));
}

BOOST_AUTO_TEST_CASE(closed_lane_hands_out_what_waits_and_then_ends_every_thread) {
    SlowLane lane{2, 2};
    std::thread idle{[&lane] {
        SlowRequest request = lane.next();
        BOOST_TEST(request.server == nullptr);
    }};
    lane.close();
    idle.join();
    for (int number = 1; number <= 2; ++number) {
        BOOST_REQUIRE(lane.reserve());
        BOOST_TEST(enter(lane, number));
    }
    BOOST_TEST(lane.next().connection.descriptor == 1);
    BOOST_TEST(lane.next().connection.descriptor == 2);
    BOOST_TEST(lane.next().server == nullptr);
    BOOST_TEST(lane.next().server == nullptr);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace innergate::fastcgi
