#include "app/characters.hpp"

#include <boost/test/unit_test.hpp>

namespace innergate {

BOOST_AUTO_TEST_SUITE(characters)

BOOST_AUTO_TEST_CASE(code_points_are_counted) {
    BOOST_TEST(count_characters("") == 0U);
    BOOST_TEST(count_characters("abc") == 3U);
    BOOST_TEST(count_characters("\u00fc\u20ac\U0001f600") == 3U);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate
