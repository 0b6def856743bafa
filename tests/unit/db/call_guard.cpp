#include "app/db/call_guard.hpp"

#include <future>
#include <thread>

#include <boost/test/unit_test.hpp>

namespace innergate::db {
namespace {

using namespace std::chrono_literals;
using Clock = GuardedCalls::Clock;

struct CountedCuts {
    GuardedCalls calls{1h};
    int cuts = 0;

    CountedCuts() {
        calls.know_connection([this] { ++cuts; });
    }
};

BOOST_FIXTURE_TEST_SUITE(call_guard, CountedCuts)

BOOST_AUTO_TEST_CASE(cuts_what_is_late_once) {
    calls.begin();
    calls.cut_if_late(Clock::now() + 59min);
    BOOST_TEST(cuts == 0);
    calls.cut_if_late(Clock::now() + 61min);
    calls.cut_if_late(Clock::now() + 62min);
    BOOST_TEST(cuts == 1);
    BOOST_TEST(calls.end());
    BOOST_TEST(!calls.end());
}

BOOST_AUTO_TEST_CASE(leaves_alone_what_has_ended) {
    calls.begin();
    BOOST_TEST(!calls.end());
    calls.cut_if_late(Clock::now() + 2h);
    BOOST_TEST(cuts == 0);
}

BOOST_AUTO_TEST_CASE(next_call_has_a_deadline_of_its_own) {
    calls.begin();
    BOOST_TEST(!calls.end());
    calls.begin();
    calls.cut_if_late(Clock::now() + 59min);
    BOOST_TEST(cuts == 0);
}

BOOST_AUTO_TEST_CASE(cuts_what_has_run_for_so_long) {
    calls.begin();
    calls.cut_if_running_for(2min, Clock::now() + 1min);
    BOOST_TEST(cuts == 0);
    calls.cut_if_running_for(2min, Clock::now() + 3min);
    BOOST_TEST(cuts == 1);
}

BOOST_AUTO_TEST_CASE(connection_that_was_closed_is_not_cut) {
    calls.begin();
    calls.forget_connection();
    calls.cut_if_late(Clock::now() + 2h);
    BOOST_TEST(cuts == 0);
    BOOST_TEST(!calls.end());
}

BOOST_AUTO_TEST_CASE(guard_cuts_by_itself_and_forgets_sessions_that_are_gone) {
    CallGuard guard;
    auto session = guard.add_session(1ms);
    std::promise<void> is_cut;
    session->know_connection([&is_cut] { is_cut.set_value(); });
    session->begin();
    BOOST_TEST((is_cut.get_future().wait_for(20s) == std::future_status::ready));
    BOOST_TEST(session->end());
    const std::weak_ptr<GuardedCalls> weak = session;
    session.reset();
    // The guard may be looking at it at this moment.
    const auto end = Clock::now() + 20s;
    while (!weak.expired() && Clock::now() < end) {
        std::this_thread::yield();
    }
    BOOST_TEST(weak.expired());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace innergate::db
