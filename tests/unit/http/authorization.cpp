#include "app/http/authorization.hpp"

#include <string>

#include <boost/test/unit_test.hpp>

namespace innergate::http {
namespace {

std::string bearer(std::string_view authorization) {
    return std::string{credentials_of(authorization, "Bearer").value_or("another scheme")};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(authorization)

BOOST_AUTO_TEST_CASE(scheme_counts_in_any_case) {
    for (const std::string_view scheme : {"Bearer", "bearer", "BEARER"}) {
        BOOST_TEST(bearer(std::string{scheme} + " abc") == "abc");
    }
}

BOOST_AUTO_TEST_CASE(credentials_are_all_behind_the_spaces) {
    BOOST_TEST(bearer("Bearer   a b ") == "a b ");
    BOOST_TEST(bearer("Bearer ") == "");
    BOOST_TEST(bearer("Bearer") == "");
}

BOOST_AUTO_TEST_CASE(other_schemes) {
    for (const std::string_view field :
         {"", " ", "Basic dTpw", "Bearerabc", "Bear er", " Bearer a"}) {
        BOOST_TEST(bearer(field) == "another scheme", field);
    }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::http
