#include "app/ascii.hpp"

#include <boost/test/unit_test.hpp>

namespace innergate::ascii {

BOOST_AUTO_TEST_SUITE(ascii)

BOOST_AUTO_TEST_CASE(kinds_end_where_ascii_ends_them) {
    for (const char digit : {'0', '9'}) {
        BOOST_TEST((is_digit(digit) && is_letter_or_digit(digit) && !is_letter(digit)));
    }
    for (const char letter : {'a', 'z', 'A', 'Z'}) {
        BOOST_TEST((is_letter(letter) && is_letter_or_digit(letter) && !is_digit(letter)));
    }
    for (const char other : {'/', ':', '@', '[', '`', '{', '\0', '\xe4'}) {
        BOOST_TEST(!is_letter_or_digit(other));
    }
}

BOOST_AUTO_TEST_CASE(texts_of_digits_have_one) {
    BOOST_TEST(is_digits("007"));
    for (const std::string_view text : {"", "-1", "1a", "1 "}) {
        BOOST_TEST(!is_digits(text), text);
    }
}

BOOST_AUTO_TEST_CASE(others_are_those_that_are_named) {
    BOOST_TEST(has_only_letters_digits_and("-_", "a-B_9"));
    BOOST_TEST(has_only_letters_digits_and("", ""));
    BOOST_TEST(!has_only_letters_digits_and("-_", "a.b"));
    BOOST_TEST(!has_only_letters_digits_and("", "a-b"));
}

BOOST_AUTO_TEST_CASE(case_folds_letters_of_ascii_only) {
    BOOST_TEST(lower("@AZ[\u00c4") == "@az[\u00c4");
    BOOST_TEST(upper("`az{\u00e4") == "`AZ{\u00e4");
    BOOST_TEST(equal_ignoring_case("Bearer", "bEARER"));
    BOOST_TEST(!equal_ignoring_case("Bearer", "Bearer "));
    BOOST_TEST(!equal_ignoring_case("\r", "-"));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::ascii
