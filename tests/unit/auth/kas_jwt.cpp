#include "app/auth/kas_jwt.hpp"

#include <string>

#include <boost/test/unit_test.hpp>

namespace innergate::auth {
namespace {

const Secret kKey{"the 32 bytes of a secret of kas."};
const Timestamp kNow = std::chrono::sys_days{std::chrono::year{2026} / 1 / 15};
const long long kNowSeconds = kNow.time_since_epoch().count() / 1000;

std::string reason(const std::string& claims) {
    const auto verified = JwtVerifier{kKey, kKasJwtRules}.verify(sign_jwt(kKey, claims), kNow);
    return verified ? "accepted" : verified.error();
}

std::string claims_with(const std::string& more) {
    return R"({"iss":"gitlab-kas","aud":"gitlab",)" + more + "}";
}

std::string with_audience(const std::string& audience) {
    return R"({"iss":"gitlab-kas","aud":)" + audience + "}";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(kas_jwt)

BOOST_AUTO_TEST_CASE(as_kas_makes_it) {
    BOOST_TEST(
        reason(
            R"({"iss":"gitlab-kas","aud":["gitlab"],"iat":)" + std::to_string(kNowSeconds) +
            R"(,"nbf":)" + std::to_string(kNowSeconds - 5) + R"(,"exp":)" +
            std::to_string(kNowSeconds + 30) + "}"
        ) == "accepted"
    );
}

BOOST_AUTO_TEST_CASE(audience_alone_or_among_others) {
    for (const char* const audience : {R"("gitlab")", R"(["gitlab"])", R"(["x","gitlab",1])"}) {
        BOOST_TEST(reason(with_audience(audience)) == "accepted", audience);
    }
    for (const char* const audience :
         {R"("gitlab ")", R"("GitLab")", "[]", R"(["x"])", "null", "{}"}) {
        BOOST_TEST(reason(with_audience(audience)) == "wrong audience", audience);
    }
    BOOST_TEST(reason(R"({"iss":"gitlab-kas"})") == "wrong audience");
}

BOOST_AUTO_TEST_CASE(issuer) {
    BOOST_TEST(reason(R"({"aud":"gitlab"})") == "wrong issuer");
    BOOST_TEST(reason(R"({"iss":"gitlab-shell","aud":"gitlab"})") == "wrong issuer");
    BOOST_TEST(reason(R"({"iss":["gitlab-kas"],"aud":"gitlab"})") == "wrong issuer");
}

BOOST_AUTO_TEST_CASE(times_without_leeway) {
    const auto at = [](const char* claim, long long seconds) {
        return reason(
            claims_with('"' + std::string{claim} + "\":" + std::to_string(kNowSeconds + seconds))
        );
    };
    BOOST_TEST(at("exp", 1) == "accepted");
    BOOST_TEST(at("exp", 0) == "expired");
    BOOST_TEST(at("nbf", 0) == "accepted");
    BOOST_TEST(at("nbf", 1) == "not valid yet");
    BOOST_TEST(at("iat", 3600) == "accepted", "a clock may be ahead");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::auth
