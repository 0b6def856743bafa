#include "app/characters.hpp"

#include <boost/test/unit_test.hpp>

namespace innergate {

BOOST_AUTO_TEST_SUITE(characters)

BOOST_AUTO_TEST_CASE(code_points_are_counted) {
    BOOST_TEST(count_characters("") == 0U);
    BOOST_TEST(count_characters("abc") == 3U);
    BOOST_TEST(count_characters("\u00fc\u20ac\U0001f600") == 3U);
}

BOOST_AUTO_TEST_CASE(the_beginning_is_cut_between_code_points) {
    BOOST_TEST(first_characters("", 2) == "");
    BOOST_TEST(first_characters("abc", 0) == "");
    BOOST_TEST(first_characters("abc", 3) == "abc");
    BOOST_TEST(first_characters("\u00fc\u20ac\U0001f600", 2) == "\u00fc\u20ac");
    BOOST_TEST(first_characters("\u00fc\u20ac\U0001f600", 4) == "\u00fc\u20ac\U0001f600");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate
