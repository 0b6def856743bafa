#include "app/decimal.hpp"

#include <cstdint>

#include <boost/test/unit_test.hpp>

namespace innergate {

BOOST_AUTO_TEST_SUITE(decimal)

BOOST_AUTO_TEST_CASE(the_whole_text_is_the_number) {
    BOOST_TEST(parse_decimal<unsigned>("007").value() == 7U);
    BOOST_TEST(parse_decimal<long long>("-7").value() == -7);
    BOOST_TEST(parse_decimal<double>("1.5e3").value() == 1500.0);
    BOOST_TEST(
        parse_decimal<std::uint64_t>("18446744073709551615").value() == 18'446'744'073'709'551'615U
    );
}

BOOST_AUTO_TEST_CASE(all_else_is_none) {
    for (const std::string_view text : {"", "-", "+7", " 7", "7 ", "7a", "0x7", "7.0", "1e3"}) {
        BOOST_TEST(!parse_decimal<long long>(text).has_value(), text);
    }
    BOOST_TEST(!parse_decimal<unsigned>("-1").has_value());
}

BOOST_AUTO_TEST_CASE(a_number_that_does_not_fit_is_none) {
    BOOST_TEST(!parse_decimal<unsigned>("4294967296").has_value());
    BOOST_TEST(!parse_decimal<long long>("9223372036854775808").has_value());
    BOOST_TEST(!parse_decimal<long long>("-9223372036854775809").has_value());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate
