#include "handlers/domain/namespace_selector.hpp"

#include <string>

#include <boost/test/unit_test.hpp>

namespace innergate::handlers::domain {

BOOST_AUTO_TEST_SUITE(namespace_selector)

BOOST_AUTO_TEST_CASE(digits_are_an_id) {
    BOOST_TEST(namespace_id_in("1234").value().value == 1234);
    BOOST_TEST(namespace_id_in("-1234").value().value == -1234);
    BOOST_TEST(namespace_id_in("007").value().value == 7);
    BOOST_TEST(namespace_id_in("9223372036854775807").value().value == 9223372036854775807);
}

BOOST_AUTO_TEST_CASE(a_number_too_large_is_the_id_of_nothing) {
    const bool is_none = namespace_id_in("9223372036854775808") == NamespaceId::none();
    BOOST_TEST(is_none);
}

BOOST_AUTO_TEST_CASE(anything_else_is_a_path) {
    for (const std::string text : {"", "-", "--1", "+1", "1a", "group/1", "1.0", " 1", "1 "}) {
        BOOST_TEST(!namespace_id_in(text).has_value(), text);
    }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::handlers::domain
