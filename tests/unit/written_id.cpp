#include "app/written_id.hpp"

#include <boost/test/unit_test.hpp>

#include "app/ids.hpp"

namespace innergate {
namespace {

long long number_in(std::string_view text) {
    return parse_written_id<UserId>(text).value().value;
}

bool is_name(std::string_view text) {
    return !parse_written_id<UserId>(text).has_value();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(written_id)

BOOST_AUTO_TEST_CASE(digits_are_an_id) {
    BOOST_TEST(number_in("7") == 7);
    BOOST_TEST(number_in("007") == 7);
    BOOST_TEST(number_in("-7") == -7);
    BOOST_TEST(number_in("9223372036854775807") == 9'223'372'036'854'775'807);
}

BOOST_AUTO_TEST_CASE(what_no_id_holds_is_the_id_of_nothing) {
    BOOST_TEST(number_in("9223372036854775808") == UserId::none().value);
    BOOST_TEST(number_in("-99999999999999999999") == UserId::none().value);
}

BOOST_AUTO_TEST_CASE(all_else_is_a_name) {
    for (const std::string_view text : {"", "-", "--7", "+7", "7a", "a7", " 7", "7.0", "1e3"}) {
        BOOST_TEST(is_name(text), text);
    }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate
