#include "handlers/domain/ssh_key.hpp"

#include <boost/test/unit_test.hpp>

namespace innergate::handlers::domain {
namespace {

constexpr std::string_view kBlob =
    "AAAAC3NzaC1lZDI1NTE5AAAAIJb++/v7+/v7+/v7+/v7+/v7+/v7+/v7+/v7+/v7+/v7";

}  // namespace

BOOST_AUTO_TEST_SUITE(ssh_keys)

BOOST_AUTO_TEST_CASE(fingerprint_does_not_mind_padding_or_lost_pluses) {
    const auto fingerprint = fingerprint_of_blob(kBlob);
    BOOST_REQUIRE(fingerprint.has_value());
    BOOST_TEST(fingerprint->size() == 43U);
    std::string unescaped{kBlob};
    for (char& character : unescaped) {
        character = character == '+' ? ' ' : character;
    }
    BOOST_TEST(fingerprint_of_blob(unescaped).value() == *fingerprint);
    BOOST_TEST(fingerprint_of_blob("Zg==").value() == fingerprint_of_blob("Zg").value());
}

BOOST_AUTO_TEST_CASE(what_is_no_blob_has_no_fingerprint) {
    for (const std::string_view text : {"", "A", "ssh-ed25519 AAAA*", "====", "not a key!"}) {
        BOOST_TEST(!fingerprint_of_blob(text).has_value(), text);
    }
}

BOOST_AUTO_TEST_CASE(fingerprints_are_normalized) {
    BOOST_TEST(normalized_fingerprint("SHA256:a+b/c") == "a+b/c");
    BOOST_TEST(normalized_fingerprint("a b/c=") == "a+b/c");
}

BOOST_AUTO_TEST_CASE(comment_is_replaced_and_stays_on_the_line) {
    BOOST_TEST(
        with_comment("ssh-rsa AAAA someone@home", "Jane (host)") == "ssh-rsa AAAA Jane (host)"
    );
    BOOST_TEST(
        with_comment(" ssh-rsa\tAAAA\n", "Jane\nssh-rsa BBBB") == "ssh-rsa AAAA Jane ssh-rsa BBBB"
    );
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::handlers::domain
