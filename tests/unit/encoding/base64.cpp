#include "app/encoding/base64.hpp"

#include <array>
#include <utility>

#include <boost/test/unit_test.hpp>

#include "app/encoding/digest.hpp"

namespace innergate::encoding {

BOOST_AUTO_TEST_SUITE(base64_texts)

// RFC 4648 section 10.
BOOST_AUTO_TEST_CASE(vectors_of_the_rfc) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 7> kVectors{{
        {"", ""},
        {"f", "Zg=="},
        {"fo", "Zm8="},
        {"foo", "Zm9v"},
        {"foob", "Zm9vYg=="},
        {"fooba", "Zm9vYmE="},
        {"foobar", "Zm9vYmFy"},
    }};
    for (const auto& [bytes, text] : kVectors) {
        BOOST_TEST(base64(bytes) == text);
        BOOST_TEST(decode_base64(text).value() == bytes);
        BOOST_TEST(decode_base64(base64_unpadded(bytes)).value() == bytes);
    }
}

BOOST_AUTO_TEST_CASE(alphabets_do_not_mix) {
    const std::string bytes = "\xfb\xff\xfe";
    BOOST_TEST(base64(bytes) == "+//+");
    BOOST_TEST(base64url(bytes) == "-__-");
    BOOST_TEST(decode_base64url("-__-").value() == bytes);
    BOOST_TEST(!decode_base64("-__-").has_value());
    BOOST_TEST(!decode_base64url("+//+").has_value());
    BOOST_TEST(decode_base64url("Zg").value() == "f");
    BOOST_TEST(!decode_base64url("Zg==").has_value());
}

BOOST_AUTO_TEST_CASE(what_is_no_base64_is_refused) {
    for (const std::string_view text :
         {"A", "Zg=", "Zg===", "Z=g=", "Zm 9", "Zm9v=", "ssh-rsa AAAA", "é"}) {
        BOOST_TEST(!decode_base64(text).has_value(), text);
    }
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(digests)

// FIPS 180-4 example.
BOOST_AUTO_TEST_CASE(sha256_of_abc) {
    BOOST_TEST(
        hex(sha256("abc")) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    );
}

BOOST_AUTO_TEST_CASE(random_bytes_differ) {
    BOOST_TEST(random_bytes(16).size() == 16U);
    BOOST_TEST(random_bytes(16) != random_bytes(16));
}

BOOST_AUTO_TEST_CASE(comparison_sees_every_difference) {
    BOOST_TEST(equal_in_constant_time("abc", "abc"));
    BOOST_TEST(!equal_in_constant_time("abc", "abd"));
    BOOST_TEST(!equal_in_constant_time("abc", "ab"));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::encoding
