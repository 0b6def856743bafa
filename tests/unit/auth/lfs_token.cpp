#include "app/auth/lfs_token.hpp"

#include <boost/test/unit_test.hpp>

#include "app/auth/jwt.hpp"
#include "app/encoding/base64.hpp"
#include "app/encoding/digest.hpp"
#include "app/json/reader.hpp"

namespace innergate::auth {
namespace {

using std::chrono::seconds;

const Secret kKeyBase{"a database key base of tests, forty bytes"};
const Timestamp kNow = std::chrono::sys_days{std::chrono::year{2026} / 1 / 15};
const std::string kPassword = "$2b$10$abcdefghijklmnopqrstuv0123456789ABCDEFG";
const LfsActor kRubi = lfs_actor(UserId{7}, "rubi", kPassword);

std::string token_for(const LfsActor& actor) {
    return make_lfs_token(kKeyBase, actor, kNow, seconds{1800});
}

std::string reason(
    const LfsActor& actor,
    const std::string& token,
    Timestamp now = kNow,
    const Secret& key_base = kKeyBase
) {
    const auto verified = verify_lfs_token(key_base, actor, token, now);
    return verified ? "good" : verified.error();
}

json::Value claims_of(const std::string& token) {
    const std::size_t first = token.find('.');
    const std::string payload = token.substr(first + 1, token.rfind('.') - first - 1);
    return json::parse(*encoding::decode_base64url(payload)).value();
}

std::string number(const json::Value& claims, std::string_view name) {
    return claims.find(name)->number()->text;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(lfs_token)

BOOST_AUTO_TEST_CASE(claims_are_gitlabs) {
    const json::Value claims = claims_of(token_for(kRubi));
    BOOST_TEST(*claims.find("data")->find("actor")->string() == "rubi");
    BOOST_TEST(claims.find("jti")->string()->size() == 36U);
    BOOST_TEST(number(claims, "iat") == "1768435200");
    BOOST_TEST(number(claims, "nbf") == "1768435195");
    BOOST_TEST(number(claims, "exp") == "1768437000");
    BOOST_TEST(token_for(kRubi) != token_for(kRubi), "each has an id of its own");
}

// Another program verifies by this derivation alone. The value is that of
// printf 'lfs-token:deploy-key:11:m3r8bZA8X8wJaQQ4' | openssl dgst -sha256 -hmac KEYBASE
BOOST_AUTO_TEST_CASE(signing_key_is_derived_as_documented) {
    BOOST_TEST(kRubi.key_label == "lfs-token:user:7:" + kPassword.substr(kPassword.size() - 16));
    const LfsActor deploy_key = lfs_actor(KeyId{11}, "m3r8bZA8X8wJaQQ4vUiwA7eac5x7JGLT8z9MKULi614");
    BOOST_TEST(deploy_key.name == "lfs+deploy-key-11");
    BOOST_TEST(deploy_key.key_label == "lfs-token:deploy-key:11:m3r8bZA8X8wJaQQ4");
    BOOST_TEST(
        encoding::hex(lfs_signing_key(kKeyBase, deploy_key).reveal()) ==
        "95421d2cb92abb838976906035b8522fa0cda6fd87458654fb511153512614bd"
    );
}

BOOST_AUTO_TEST_CASE(own_tokens_are_good_until_they_expire) {
    const std::string token = token_for(kRubi);
    const auto verified = verify_lfs_token(kKeyBase, kRubi, token, kNow);
    BOOST_REQUIRE(verified.has_value());
    BOOST_TEST((*verified == kNow + seconds{1800}));
    BOOST_TEST(reason(kRubi, token, kNow + seconds{1859}) == "good", "clocks may differ");
    BOOST_TEST(reason(kRubi, token, kNow + seconds{1860}) == "expired");
    BOOST_TEST(reason(kRubi, token, kNow - seconds{66}) == "not valid yet");
}

BOOST_AUTO_TEST_CASE(new_password_ends_them) {
    const std::string token = token_for(kRubi);
    std::string changed = kPassword;
    changed.back() = 'H';
    BOOST_TEST(reason(lfs_actor(UserId{7}, "rubi", changed), token) == "signature does not match");
    BOOST_TEST(reason(lfs_actor(UserId{7}, "rubi", ""), token) == "signature does not match");
}

BOOST_AUTO_TEST_CASE(nobody_elses_is_taken) {
    const std::string token = token_for(kRubi);
    const LfsActor other_id = lfs_actor(UserId{8}, "rubi", kPassword);
    BOOST_TEST(reason(other_id, token) == "signature does not match");
    const LfsActor other_name = lfs_actor(UserId{7}, "ruby", kPassword);
    BOOST_TEST(reason(other_name, token) == "made for another actor");
    // A deploy key and a user of one id do not share a key.
    const LfsActor key = lfs_actor(KeyId{7}, kPassword.substr(kPassword.size() - 16));
    BOOST_TEST(reason(key, token) == "signature does not match");
    BOOST_TEST(
        reason(kRubi, token, kNow, Secret{"another key base"}) == "signature does not match"
    );
}

BOOST_AUTO_TEST_CASE(users_without_password_get_tokens_too) {
    const LfsActor actor = lfs_actor(UserId{7}, "rubi", "");
    BOOST_TEST(actor.key_label == "lfs-token:user:7:");
    BOOST_TEST(reason(actor, token_for(actor)) == "good");
}

BOOST_AUTO_TEST_CASE(token_without_expiry_is_refused) {
    const std::string token =
        sign_jwt(lfs_signing_key(kKeyBase, kRubi), R"({"data":{"actor":"rubi"}})");
    BOOST_TEST(reason(kRubi, token) == "no expiry");
    const std::string no_actor = sign_jwt(lfs_signing_key(kKeyBase, kRubi), R"({"data":"rubi"})");
    BOOST_TEST(reason(kRubi, no_actor) == "made for another actor");
}

BOOST_AUTO_TEST_CASE(nothing_is_signed_without_a_key_base) {
    BOOST_CHECK_THROW(
        static_cast<void>(make_lfs_token(Secret{}, kRubi, kNow, seconds{60})), std::logic_error
    );
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::auth
