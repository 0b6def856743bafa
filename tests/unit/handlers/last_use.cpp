#include "handlers/last_use.hpp"

#include <boost/test/unit_test.hpp>

namespace innergate::handlers {

BOOST_AUTO_TEST_SUITE(last_use)

BOOST_AUTO_TEST_CASE(a_use_is_remembered_once_per_interval) {
    using std::chrono::hours;
    using std::chrono::milliseconds;
    const Timestamp now = std::chrono::sys_days{std::chrono::year{2026} / 1 / 15};
    BOOST_TEST(is_use_to_remember(std::nullopt, now));
    BOOST_TEST(!is_use_to_remember(now, now));
    BOOST_TEST(!is_use_to_remember(now - kUseInterval, now));
    BOOST_TEST(is_use_to_remember(now - kUseInterval - milliseconds{1}, now));
    BOOST_TEST(!is_use_to_remember(now - hours{24}, now, hours{24}));
    BOOST_TEST(is_use_to_remember(now - hours{24} - milliseconds{1}, now, hours{24}));
    // A clock that was put back.
    BOOST_TEST(!is_use_to_remember(now + hours{1}, now));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::handlers
