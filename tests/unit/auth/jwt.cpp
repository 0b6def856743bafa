#include "app/auth/jwt.hpp"

#include <string>

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "app/auth/shell_jwt.hpp"
#include "app/encoding/base64.hpp"

namespace innergate::auth {
namespace {

using std::chrono::seconds;

const Secret kKey{"a secret of gitlab-shell"};
const Timestamp kNow = std::chrono::sys_days{std::chrono::year{2026} / 1 / 15};
const long long kNowSeconds = kNow.time_since_epoch().count() / 1000;

std::string signed_token(
    const std::string& header, const std::string& claims, const Secret& key = kKey
) {
    const std::string text = encoding::base64url(header) + "." + encoding::base64url(claims);
    return text + "." + encoding::base64url(Hs256{key}.sign(text));
}

std::string token_with(const std::string& claims) {
    return signed_token(R"({"alg":"HS256","typ":"JWT"})", claims);
}

tl::expected<JwtKey, std::string> verify(std::string_view token, const Secret& key = kKey) {
    return JwtVerifier{key, kShellJwtRules}.verify(token, kNow);
}

std::string reason(const std::string& token) {
    const auto verified = verify(token);
    return verified ? "accepted" : verified.error();
}

std::string with_exp(long long exp) {
    return token_with(R"({"iss":"gitlab-shell","exp":)" + std::to_string(exp) + "}");
}

}  // namespace

BOOST_AUTO_TEST_SUITE(jwt)

BOOST_AUTO_TEST_CASE(token_made_here_is_accepted) {
    BOOST_TEST(verify(make_jwt(kKey, "gitlab-shell", kNow, seconds{60})).has_value());
}

BOOST_AUTO_TEST_CASE(token_of_the_previous_secret_is_accepted_while_there_is_one) {
    const Secret previous{"the one before"};
    const std::string old_token = make_jwt(previous, "gitlab-shell", kNow, seconds{60});
    const std::string new_token = make_jwt(kKey, "gitlab-shell", kNow, seconds{60});
    JwtVerifier both{kKey, kShellJwtRules, previous};
    BOOST_TEST((both.verify(old_token, kNow) == JwtKey::previous));
    BOOST_TEST((both.verify(new_token, kNow) == JwtKey::current));
    JwtVerifier one{kKey, kShellJwtRules};
    BOOST_TEST((one.verify(new_token, kNow) == JwtKey::current));
    BOOST_TEST(one.verify(old_token, kNow).error() == "signature does not match");
}

BOOST_AUTO_TEST_CASE(token_of_the_previous_secret_keeps_all_other_rules) {
    const Secret previous{"the one before"};
    JwtVerifier both{kKey, kShellJwtRules, previous};
    for (const std::string& token :
         {make_jwt(previous, "gitlab-kas", kNow, seconds{60}),
          make_jwt(previous, "gitlab-shell", kNow - seconds{300}, seconds{60}),
          make_jwt(Secret{"any other"}, "gitlab-shell", kNow, seconds{60}),
          make_jwt(Secret{"unset"}, "gitlab-shell", kNow, seconds{60})}) {
        BOOST_TEST(!both.verify(token, kNow).has_value(), token);
    }
    // A previous secret alone opens nothing.
    JwtVerifier only_previous{Secret{}, kShellJwtRules, previous};
    const std::string old_token = make_jwt(previous, "gitlab-shell", kNow, seconds{60});
    BOOST_TEST(only_previous.verify(old_token, kNow).error() == "no secret configured");
}

// RFC 7515 appendix A.1: the key there is given as base64url.
BOOST_AUTO_TEST_CASE(signature_is_that_of_the_rfc) {
    const auto key = encoding::decode_base64url(
        "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow"
    );
    BOOST_REQUIRE(key.has_value());
    const std::string text =
        "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9."
        "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cn"
        "VlfQ";
    BOOST_TEST(
        encoding::base64url(Hs256{Secret{*key}}.sign(text)) ==
        "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
    );
}

BOOST_AUTO_TEST_CASE(exp_is_good_until_a_minute_later) {
    BOOST_TEST(reason(with_exp(kNowSeconds - 59)) == "accepted");
    BOOST_TEST(reason(with_exp(kNowSeconds - 60)) == "expired");
    BOOST_TEST(reason(with_exp(kNowSeconds + 60)) == "accepted");
}

BOOST_AUTO_TEST_CASE(nbf_is_good_from_a_minute_before) {
    const auto with_nbf = [](long long nbf) {
        return token_with(R"({"iss":"gitlab-shell","nbf":)" + std::to_string(nbf) + "}");
    };
    BOOST_TEST(reason(with_nbf(kNowSeconds + 60)) == "accepted");
    BOOST_TEST(reason(with_nbf(kNowSeconds + 61)) == "not valid yet");
}

BOOST_AUTO_TEST_CASE(iat_in_the_future_and_a_missing_exp_are_accepted) {
    BOOST_TEST(
        reason(
            token_with(R"({"iss":"gitlab-shell","iat":)" + std::to_string(kNowSeconds + 10) + "}")
        ) == "accepted"
    );
}

BOOST_AUTO_TEST_CASE(fractions_of_seconds_are_read) {
    const std::string exp = std::to_string(kNowSeconds - 60) + ".5";
    BOOST_TEST(reason(token_with(R"({"iss":"gitlab-shell","exp":)" + exp + "}")) == "accepted");
}

BOOST_AUTO_TEST_CASE(exp_that_is_no_number_is_refused) {
    for (const std::string exp : {R"("9999999999")", "null", "true", "{}"}) {
        BOOST_TEST(reason(token_with(R"({"iss":"gitlab-shell","exp":)" + exp + "}")) == "expired");
    }
}

BOOST_AUTO_TEST_CASE(issuer_is_compared_exactly) {
    for (const std::string claims :
         {R"({})",
          R"({"iss":"gitlab-kas"})",
          R"({"iss":"gitlab-shell "})",
          R"({"iss":["gitlab-shell"]})"}) {
        BOOST_TEST(reason(token_with(claims)) == "wrong issuer");
    }
}

BOOST_AUTO_TEST_CASE(other_algorithms_are_refused_even_when_signed_with_our_key) {
    for (const std::string alg : {"none", "HS384", "HS512", "RS256", "hs256"}) {
        const std::string token =
            signed_token(R"({"alg":")" + alg + R"("})", R"({"iss":"gitlab-shell"})");
        BOOST_TEST(reason(token) == "algorithm is not HS256");
    }
}

BOOST_AUTO_TEST_CASE(what_a_token_calls_critical_is_not_understood) {
    for (const std::string crit : {R"(["exp"])", R"(["b64"])", "[]", "null", R"("exp")"}) {
        const std::string token = signed_token(
            R"({"alg":"HS256","b64":true,"crit":)" + crit + "}", R"({"iss":"gitlab-shell"})"
        );
        BOOST_TEST(reason(token) == "has critical extensions");
    }
}

BOOST_AUTO_TEST_CASE(unsigned_token_is_refused) {
    const std::string token = encoding::base64url(R"({"alg":"none"})") + "." +
                              encoding::base64url(R"({"iss":"gitlab-shell"})") + ".";
    BOOST_TEST(reason(token) == "signature does not match");
}

BOOST_AUTO_TEST_CASE(another_key_is_refused) {
    const std::string token =
        signed_token(R"({"alg":"HS256"})", R"({"iss":"gitlab-shell"})", Secret{"another secret"});
    BOOST_TEST(reason(token) == "signature does not match");
}

BOOST_AUTO_TEST_CASE(every_truncation_is_refused) {
    const std::string token = make_jwt(kKey, "gitlab-shell", kNow, seconds{60});
    for (std::size_t length = 0; length < token.size(); ++length) {
        BOOST_TEST(!verify(token.substr(0, length)).has_value());
    }
}

BOOST_AUTO_TEST_CASE(every_changed_character_is_refused) {
    const std::string token = make_jwt(kKey, "gitlab-shell", kNow, seconds{60});
    // The last character of a 32-byte signature carries two bits that mean nothing.
    for (std::size_t index = 0; index + 1 < token.size(); ++index) {
        std::string changed = token;
        changed[index] = changed[index] == 'A' ? 'B' : 'A';
        BOOST_TEST(!verify(changed).has_value());
    }
}

BOOST_AUTO_TEST_CASE(oversized_token_is_refused_unread) {
    const std::string padding(kMaxJwtBytes, 'x');
    const std::string token = token_with(R"({"iss":"gitlab-shell","x":")" + padding + R"("})");
    BOOST_TEST(reason(token) == "oversized");
}

BOOST_AUTO_TEST_CASE(deeply_nested_claims_are_refused) {
    const std::string nested = std::string(1000, '[') + std::string(1000, ']');
    BOOST_TEST(
        reason(token_with(R"({"iss":"gitlab-shell","x":)" + nested + "}")) == "claims are no object"
    );
}

BOOST_AUTO_TEST_CASE(unset_secret_refuses_everything) {
    const auto verified = verify(make_jwt(kKey, "gitlab-shell", kNow, seconds{60}), Secret{});
    BOOST_REQUIRE(!verified.has_value());
    BOOST_TEST(verified.error() == "no secret configured");
}

BOOST_AUTO_TEST_CASE(one_verifier_serves_many_tokens) {
    JwtVerifier verifier{kKey, kShellJwtRules};
    const std::string token = make_jwt(kKey, "gitlab-shell", kNow, seconds{60});
    BOOST_TEST(verifier.verify(token, kNow).has_value());
    BOOST_TEST(!verifier.verify("a.b.c", kNow).has_value());
    BOOST_TEST(verifier.verify(token, kNow).has_value());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::auth
