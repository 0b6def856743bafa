#include "handlers/domain/pushed_changes.hpp"

#include <boost/test/unit_test.hpp>

namespace innergate::handlers::domain {
BOOST_AUTO_TEST_SUITE(pushed_changes)

BOOST_AUTO_TEST_CASE(lines_are_read) {
    const auto changes =
        parse_changes("a b refs/heads/main\n\nbroken\nx y\nx  z\nc d refs/t a g\r\n");
    BOOST_TEST_REQUIRE(changes.size() == 2U);
    BOOST_TEST(changes[0].old_rev == "a");
    BOOST_TEST(changes[0].new_rev == "b");
    BOOST_TEST(changes[0].ref == "refs/heads/main");
    BOOST_TEST(changes[1].ref == "refs/t a g");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::handlers::domain
