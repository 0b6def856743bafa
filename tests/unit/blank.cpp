#include "app/blank.hpp"

#include <boost/test/unit_test.hpp>

namespace innergate {

BOOST_AUTO_TEST_SUITE(blank)

BOOST_AUTO_TEST_CASE(white_space_says_nothing) {
    BOOST_TEST(is_blank(""));
    BOOST_TEST(is_blank(" \t\n\v\f\r"));
    BOOST_TEST(!is_blank(" x "));
    BOOST_TEST(!is_blank("\u00a0"));  // no white space to Ruby's strip either
}

BOOST_AUTO_TEST_CASE(blanks_go_from_both_ends) {
    BOOST_TEST(stripped("") == "");
    BOOST_TEST(stripped(" \t ") == "");
    BOOST_TEST(stripped("\n a b\v\f\r") == "a b");
    BOOST_TEST(stripped("\n a ", " \t") == "\n a");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate
