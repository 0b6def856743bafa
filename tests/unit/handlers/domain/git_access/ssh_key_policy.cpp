#include "handlers/domain/git_access/ssh_key_policy.hpp"

#include <boost/test/unit_test.hpp>

#include "tests/unit/handlers/domain/ssh_test_keys.hpp"

namespace innergate::handlers::domain::git_access {
namespace {

const Timestamp kNow = std::chrono::sys_days{std::chrono::year{2026} / 1 / 15};

std::string violation(std::string_view key, const KeyRestrictions& restrictions) {
    return key_policy_violation(key, restrictions).value_or("none");
}

Actor actor_with_key(std::optional<Timestamp> expires_at) {
    KeyFacts key;
    key.expires_at = expires_at;
    return {.key = key, .user = std::nullopt};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(ssh_key_policies)

BOOST_AUTO_TEST_CASE(without_restrictions_every_text_is_taken) {
    BOOST_TEST(violation(test_keys::kDsa1024, {}) == "none");
    BOOST_TEST(violation("no key", {}) == "none");
}

BOOST_AUTO_TEST_CASE(forbidden_types_are_told_with_the_allowed_ones) {
    KeyRestrictions restrictions;
    restrictions.ed25519 = -1;
    restrictions.ecdsa_sk = -1;
    restrictions.ed25519_sk = -1;
    BOOST_TEST(
        violation(test_keys::kEd25519, restrictions) ==
        "type is forbidden. Must be RSA, DSA, or ECDSA"
    );
    BOOST_TEST(violation(test_keys::kRsa1024, restrictions) == "none");
    restrictions.ecdsa = -1;
    BOOST_TEST(
        violation(test_keys::kEcdsa384, restrictions) == "type is forbidden. Must be RSA or DSA"
    );
    restrictions.dsa = -1;
    BOOST_TEST(violation(test_keys::kDsa1024, restrictions) == "type is forbidden. Must be RSA");
    restrictions.rsa = -1;
    BOOST_TEST(violation(test_keys::kRsa2048, restrictions) == "type is forbidden");
    restrictions.ed25519_sk = 0;
    restrictions.ecdsa_sk = 256;
    BOOST_TEST(
        violation(test_keys::kRsa2048, restrictions) ==
        "type is forbidden. Must be ECDSA_SK or ED25519_SK"
    );
    BOOST_TEST(violation(test_keys::kEcdsaSk, restrictions) == "none");
    BOOST_TEST(violation(test_keys::kEd25519Sk, restrictions) == "none");
}

BOOST_AUTO_TEST_CASE(every_type_has_its_own_least_bits) {
    KeyRestrictions restrictions;
    restrictions.rsa = 2048;
    restrictions.ecdsa = 384;
    restrictions.dsa = 2048;
    BOOST_TEST(violation(test_keys::kRsa1024, restrictions) == "must be at least 2048 bits");
    BOOST_TEST(violation(test_keys::kRsa2048, restrictions) == "none");
    BOOST_TEST(violation(test_keys::kEcdsa256, restrictions) == "must be at least 384 bits");
    BOOST_TEST(violation(test_keys::kEcdsa384, restrictions) == "none");
    BOOST_TEST(violation(test_keys::kEcdsa521, restrictions) == "none");
    BOOST_TEST(violation(test_keys::kDsa1024, restrictions) == "must be at least 2048 bits");
    BOOST_TEST(violation(test_keys::kEd25519, restrictions) == "none");
}

BOOST_AUTO_TEST_CASE(a_key_that_cannot_be_read_passes_no_restriction) {
    KeyRestrictions restrictions;
    restrictions.dsa = -1;
    BOOST_TEST(
        violation("ssh-rsa AAAA", restrictions) ==
        "type is forbidden. Must be RSA, ECDSA, ED25519, ECDSA_SK, or ED25519_SK"
    );
}

BOOST_AUTO_TEST_CASE(a_key_is_good_until_the_moment_it_expires) {
    using std::chrono::milliseconds;
    BOOST_TEST(!is_key_expired(*actor_with_key(std::nullopt).key, kNow));
    BOOST_TEST(!is_key_expired(*actor_with_key(kNow + milliseconds{1}).key, kNow));
    BOOST_TEST(is_key_expired(*actor_with_key(kNow).key, kNow));
}

BOOST_AUTO_TEST_CASE(a_key_that_expires_within_a_week_is_announced) {
    using std::chrono::days;
    using std::chrono::milliseconds;
    const std::vector<std::string> notice{
        "INFO: Your SSH key is expiring soon. Please generate a new key."};
    for (const auto ahead : {milliseconds{1}, milliseconds{days{7}}}) {
        BOOST_TEST(
            console_messages(actor_with_key(kNow + ahead), kNow) == notice,
            boost::test_tools::per_element()
        );
    }
    for (const auto ahead :
         {milliseconds{-1}, milliseconds{0}, milliseconds{days{7}} + milliseconds{1}}) {
        BOOST_TEST(console_messages(actor_with_key(kNow + ahead), kNow).empty());
    }
    BOOST_TEST(console_messages(actor_with_key(std::nullopt), kNow).empty());
    BOOST_TEST(console_messages({}, kNow).empty());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::handlers::domain::git_access
