#include "app/auth/salted_digest.hpp"

#include <stdexcept>

#include <boost/test/unit_test.hpp>

namespace innergate::auth {

BOOST_AUTO_TEST_SUITE(salted_digests)

// printf %s 'glpat-example0123456789abcdef0123456789abcdef' | openssl dgst -sha256 -binary | base64
BOOST_AUTO_TEST_CASE(only_the_first_32_bytes_of_the_key_base_are_salt) {
    const std::string salt = "0123456789abcdef0123456789abcdef";
    const std::string digest = salted_digest("glpat-example", Secret{salt});
    BOOST_TEST(digest == salted_digest("glpat-example", Secret{salt + "and more"}));
    BOOST_TEST(digest != salted_digest("glpat-example", Secret{"1" + salt}));
    BOOST_TEST(digest.size() == 44U);
}

BOOST_AUTO_TEST_CASE(unset_key_base_digests_nothing) {
    BOOST_CHECK_THROW((void)salted_digest("glpat-example", Secret{}), std::logic_error);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(secrets)

BOOST_AUTO_TEST_CASE(matches_only_itself) {
    const Secret secret{"right"};
    BOOST_TEST(secret.matches("right"));
    BOOST_TEST(!secret.matches("wrong"));
    BOOST_TEST(!secret.matches("righ"));
    BOOST_TEST(!secret.matches(""));
}

BOOST_AUTO_TEST_CASE(unset_secret_matches_nothing) {
    BOOST_TEST(!Secret{}.matches(""));
    BOOST_TEST(!Secret{}.is_set());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::auth
