// A token that was good a moment ago is not verified again, but judged as if it were.
#include <optional>
#include <string>
#include <vector>

#include <boost/test/unit_test.hpp>

#include "app/auth/jwt.hpp"
#include "app/auth/kas_jwt.hpp"
#include "app/auth/shell_jwt.hpp"
#include "app/encoding/base64.hpp"

namespace innergate::auth {
namespace {

using std::chrono::seconds;

const Secret kKey{"a secret of gitlab-shell"};
const Secret kPrevious{"the one before"};
const Timestamp kNow = std::chrono::sys_days{std::chrono::year{2026} / 1 / 15};

std::string shell_token(const Secret& key = kKey, Timestamp now = kNow) {
    return make_jwt(key, "gitlab-shell", now, seconds{60});
}

std::string kas_token(long long starts_in, long long expires_in) {
    const long long now = std::chrono::floor<seconds>(kNow).time_since_epoch().count();
    return sign_jwt(
        kKey,
        R"({"iss":"gitlab-kas","aud":["gitlab"],"nbf":)" + std::to_string(now + starts_in) +
            R"(,"exp":)" + std::to_string(now + expires_in) + "}"
    );
}

std::string said(JwtVerifier& verifier, const std::string& token, Timestamp now = kNow) {
    const auto verified = verifier.verify(token, now);
    if (!verified) {
        return verified.error();
    }
    return *verified == JwtKey::current ? "current" : "previous";
}

JwtVerifier shell_verifier() {
    return JwtVerifier{kKey, kShellJwtRules, kPrevious};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(kept_jwt)

BOOST_AUTO_TEST_CASE(its_end_is_looked_at_each_time) {
    JwtVerifier verifier = shell_verifier();
    const std::string token = shell_token();
    const std::vector<std::pair<seconds, std::string>> clock{
        {seconds{0}, "current"},
        {seconds{119}, "current"},
        {seconds{120}, "expired"},
        {seconds{3600}, "expired"},
        {seconds{119}, "current"},  // a clock that was set back
    };
    for (const auto& [later, expected] : clock) {
        BOOST_TEST(said(verifier, token, kNow + later) == expected, later.count());
    }
}

BOOST_AUTO_TEST_CASE(its_begin_is_looked_at_each_time) {
    JwtVerifier verifier{kKey, kKasJwtRules};
    const std::string token = kas_token(-5, 30);
    const std::vector<std::pair<seconds, std::string>> clock{
        {seconds{0}, "current"},
        {seconds{-5}, "current"},
        {seconds{-6}, "not valid yet"},
        {seconds{29}, "current"},
        {seconds{30}, "expired"},
    };
    for (const auto& [later, expected] : clock) {
        BOOST_TEST(said(verifier, token, kNow + later) == expected, later.count());
    }
}

BOOST_AUTO_TEST_CASE(no_other_token_passes_for_it) {
    const std::string token = shell_token();
    for (std::size_t index = 0; index + 1 < token.size(); ++index) {
        JwtVerifier verifier = shell_verifier();
        BOOST_REQUIRE(said(verifier, token) == "current");
        std::string changed = token;
        changed[index] = changed[index] == 'A' ? 'B' : 'A';
        BOOST_TEST(!verifier.verify(changed, kNow).has_value(), changed);
        BOOST_TEST(!verifier.verify(token.substr(0, index), kNow).has_value(), index);
    }
    JwtVerifier verifier = shell_verifier();
    BOOST_REQUIRE(said(verifier, token) == "current");
    BOOST_TEST(said(verifier, token + "A") == "signature does not match");
    BOOST_TEST(said(verifier, token + ".") == "not three parts");
    BOOST_TEST(said(verifier, token + '\0') == "signature does not match");
    BOOST_TEST(said(verifier, token + std::string(kMaxJwtBytes, 'A')) == "oversized");
    BOOST_TEST(said(verifier, "") == "not three parts");
}

BOOST_AUTO_TEST_CASE(nothing_passes_for_a_token_before_there_is_one) {
    JwtVerifier verifier = shell_verifier();
    BOOST_TEST(said(verifier, "") == "not three parts");
    BOOST_TEST(said(verifier, "..") == "signature does not match");
}

BOOST_AUTO_TEST_CASE(refused_tokens_in_between_change_nothing) {
    JwtVerifier verifier = shell_verifier();
    const std::string good = shell_token();
    const std::string none = encoding::base64url(R"({"alg":"none"})");
    const std::string payload = good.substr(good.find('.') + 1);
    const std::vector<std::pair<std::string, std::string>> refused{
        {shell_token(Secret{"another"}), "signature does not match"},
        {make_jwt(kKey, "gitlab-kas", kNow, seconds{60}), "wrong issuer"},
        {shell_token(kKey, kNow - seconds{3600}), "expired"},
        // The kept claims under another header, with the kept signature and with none.
        {none + "." + payload, "signature does not match"},
        {none + "." + payload.substr(0, payload.find('.') + 1), "signature does not match"},
        {"", "not three parts"},
    };
    for (const auto& [token, reason] : refused) {
        BOOST_TEST(said(verifier, good) == "current");
        // Twice: what is refused once is refused again.
        BOOST_TEST(said(verifier, token) == reason);
        BOOST_TEST(said(verifier, token) == reason);
        BOOST_TEST(said(verifier, good) == "current");
    }
}

BOOST_AUTO_TEST_CASE(refused_token_is_good_when_its_time_has_come) {
    JwtVerifier verifier{kKey, kKasJwtRules};
    const std::string token = kas_token(10, 40);
    BOOST_TEST(said(verifier, token) == "not valid yet");
    BOOST_TEST(said(verifier, token, kNow + seconds{10}) == "current");
    BOOST_TEST(said(verifier, token) == "not valid yet");
}

BOOST_AUTO_TEST_CASE(its_key_is_remembered) {
    JwtVerifier verifier = shell_verifier();
    const std::string now = shell_token(kKey);
    const std::string before = shell_token(kPrevious);
    for (int round = 0; round < 2; ++round) {
        BOOST_TEST(said(verifier, before) == "previous");
        BOOST_TEST(said(verifier, before) == "previous");
        BOOST_TEST(said(verifier, now) == "current");
        BOOST_TEST(said(verifier, now) == "current");
    }
}

BOOST_AUTO_TEST_CASE(nothing_of_it_is_left_in_a_verifier_with_other_keys) {
    JwtVerifier verifier = shell_verifier();
    const std::string token = shell_token();
    const std::string before = shell_token(kPrevious);
    BOOST_REQUIRE(said(verifier, token) == "current");
    verifier = JwtVerifier{Secret{"the one after"}, kShellJwtRules, kKey};
    BOOST_TEST(said(verifier, token) == "previous");
    BOOST_TEST(said(verifier, before) == "signature does not match");
    verifier = JwtVerifier{Secret{"the one after"}, kShellJwtRules};
    BOOST_TEST(said(verifier, token) == "signature does not match");
    verifier = JwtVerifier{Secret{}, kShellJwtRules};
    BOOST_TEST(said(verifier, token) == "no secret configured");
    verifier = JwtVerifier{kKey, kKasJwtRules};
    BOOST_TEST(said(verifier, token) == "wrong issuer");
}

BOOST_AUTO_TEST_CASE(longest_token_is_good_twice_and_a_longer_one_never) {
    const auto token_of = [](std::size_t padding) {
        return sign_jwt(
            kKey, R"({"iss":"gitlab-shell","x":")" + std::string(padding, 'x') + R"("})"
        );
    };
    std::size_t padding = 0;
    while (token_of(padding + 1).size() <= kMaxJwtBytes) {
        ++padding;
    }
    JwtVerifier verifier = shell_verifier();
    for (int round = 0; round < 2; ++round) {
        BOOST_TEST(said(verifier, token_of(padding)) == "current");
        BOOST_TEST(said(verifier, token_of(padding + 1)) == "oversized");
    }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::auth
