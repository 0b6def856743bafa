#include "app/log/patience.hpp"

#include <boost/test/unit_test.hpp>

namespace innergate::log {
namespace {

using std::chrono::microseconds;
using std::chrono::milliseconds;
using Clock = Patience::Clock;

constexpr Clock::time_point kStart{std::chrono::hours{1}};
constexpr Clock::duration kNone{0};

}  // namespace

BOOST_AUTO_TEST_SUITE(log_patience)

BOOST_AUTO_TEST_CASE(all_lines_together_wait_so_long) {
    Patience patience;
    BOOST_TEST((patience.begin(kStart) == Patience::kMost));
    patience.end(milliseconds{60}, false, kStart);
    BOOST_TEST((patience.begin(kStart) == milliseconds{40}));
    patience.end(milliseconds{40}, false, kStart);
    BOOST_TEST((patience.begin(kStart) == kNone));
    patience.end(kNone, false, kStart);
    BOOST_TEST((patience.begin(kStart) == kNone));
}

BOOST_AUTO_TEST_CASE(those_who_wait_at_the_same_time_pay_once) {
    Patience patience;
    for (int thread = 0; thread < 4; ++thread) {
        BOOST_TEST((patience.begin(kStart) == Patience::kMost));
    }
    // Four, three, two and one are left when they end.
    for (const milliseconds waited : {milliseconds{40}, milliseconds{30}, milliseconds{20}}) {
        patience.end(waited, false, kStart);
    }
    patience.end(milliseconds{10}, false, kStart);
    BOOST_TEST((patience.begin(kStart) == milliseconds{60}));
}

BOOST_AUTO_TEST_CASE(a_reader_that_takes_many_lines_is_waited_for_on_and_on) {
    Patience patience;
    for (int line = 0; line < 10'000; ++line) {
        BOOST_TEST_REQUIRE((patience.begin(kStart) > kNone));
        patience.end(microseconds{900}, true, kStart);
    }
    BOOST_TEST((patience.begin(kStart) == Patience::kMost));
}

BOOST_AUTO_TEST_CASE(a_reader_that_takes_few_lines_is_not) {
    Patience patience;
    int lines = 0;
    while (patience.begin(kStart) > kNone) {
        patience.end(milliseconds{11}, true, kStart);
        ++lines;
    }
    BOOST_TEST(lines == 10);
}

BOOST_AUTO_TEST_CASE(it_comes_back_after_a_while) {
    Patience patience;
    static_cast<void>(patience.begin(kStart));
    patience.end(milliseconds{200}, true, kStart);
    const auto later = kStart + Patience::kUntilNext;
    BOOST_TEST((patience.begin(later - milliseconds{1}) == kNone));
    patience.end(kNone, false, kStart);
    BOOST_TEST((patience.begin(later) == Patience::kMost));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::log
