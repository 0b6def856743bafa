#include "app/auth/jwt_claims.hpp"

#include <cmath>
#include <string>

#include <boost/test/unit_test.hpp>

namespace innergate::auth {
namespace {

using std::chrono::seconds;

const Timestamp kNow = std::chrono::sys_days{std::chrono::year{2026} / 1 / 15};

/// "iss aud 10 20": what read_jwt_claims() finds, and "-" for what it does not.
std::string told(std::string_view claims) {
    const auto read = read_jwt_claims(claims, "us", "them");
    if (!read) {
        return "no object";
    }
    const auto bound = [](double time) {
        return std::isinf(time) ? std::string{time < 0 ? "past" : "future"}
                                : std::to_string(std::lround(time * 10));
    };
    return std::string{read->is_from_issuer ? "iss " : "- "} +
           (read->is_for_audience ? "aud " : "- ") + bound(read->times.starts) + " " +
           bound(read->times.expires);
}

std::string header(std::string_view text) {
    const auto read = read_jwt_header(text);
    if (!read) {
        return "no object";
    }
    return std::string{read->is_hs256 ? "HS256" : "other"} + (read->has_critical ? " crit" : "");
}

std::string nested(std::size_t depth) {
    return std::string(depth, '[') + std::string(depth, ']');
}

}  // namespace

BOOST_AUTO_TEST_SUITE(jwt_claims)

BOOST_AUTO_TEST_CASE(what_is_missing_sets_no_bound) {
    BOOST_TEST(told("{}") == "- - past future");
    BOOST_TEST(told(R"({"iss":"us","aud":"them","nbf":1,"exp":2.5})") == "iss aud 10 25");
    BOOST_TEST(told(R"({"iss":"Us","aud":"us","other":7})") == "- - past future");
}

BOOST_AUTO_TEST_CASE(issuer_is_a_text_alone) {
    for (const char* const issuer :
         {R"(["us"])", R"({"iss":"us"})", "null", "7", "true", R"("us ")", R"("")"}) {
        BOOST_TEST(
            told(R"({"iss":)" + std::string{issuer} + "}") == "- - past future",
            issuer << " was taken for the issuer"
        );
    }
}

BOOST_AUTO_TEST_CASE(audience_is_a_text_or_a_list_that_has_it) {
    for (const char* const audience :
         {R"("them")", R"(["them"])", R"([1,{"a":["x"]},"them",[]])", R"([["x"],"them"])"}) {
        BOOST_TEST(
            told(R"({"aud":)" + std::string{audience} + "}") == "- aud past future", audience
        );
    }
    for (const char* const audience :
         {R"({"aud":"them"})",
          R"([["them"]])",
          R"([{"aud":"them"}])",
          R"({"x":["them"]})",
          "[]",
          R"(["THEM"])",
          "null"}) {
        BOOST_TEST(told(R"({"aud":)" + std::string{audience} + "}") == "- - past future", audience);
    }
    // A list that belongs to another member.
    BOOST_TEST(told(R"({"aud":["x"],"other":["them"]})") == "- - past future");
}

BOOST_AUTO_TEST_CASE(of_claims_that_come_twice_the_last_one_counts) {
    BOOST_TEST(told(R"({"iss":"us","iss":"x"})") == "- - past future");
    BOOST_TEST(told(R"({"iss":"x","iss":"us"})") == "iss - past future");
    BOOST_TEST(told(R"({"iss":"us","iss":null})") == "- - past future");
    BOOST_TEST(told(R"({"aud":"them","aud":[]})") == "- - past future");
    BOOST_TEST(told(R"({"aud":["x"],"aud":["them"]})") == "- aud past future");
    BOOST_TEST(told(R"({"exp":1,"exp":2})") == "- - past 20");
    BOOST_TEST(told(R"({"exp":2,"exp":"2"})") == "- - past past");
    BOOST_TEST(told(R"({"nbf":true,"nbf":2})") == "- - 20 future");
    BOOST_TEST(told(R"({"\u0069ss":"us"})") == "iss - past future");
}

BOOST_AUTO_TEST_CASE(claims_inside_of_others_are_none) {
    BOOST_TEST(told(R"({"x":{"iss":"us","aud":"them","exp":1,"nbf":1}})") == "- - past future");
    BOOST_TEST(told(R"({"iss":"us","x":{"iss":"y"},"y":["z"]})") == "iss - past future");
    BOOST_TEST(told(R"({"exp":{"exp":1}})") == "- - past past");
    BOOST_TEST(told(R"({"exp":[1]})") == "- - past past");
}

BOOST_AUTO_TEST_CASE(time_that_is_none_is_a_bound_that_no_time_keeps) {
    for (const char* const time : {R"("1")", "null", "false", "{}", "[]"}) {
        BOOST_TEST(told(R"({"exp":)" + std::string{time} + "}") == "- - past past", time);
        BOOST_TEST(told(R"({"nbf":)" + std::string{time} + "}") == "- - future future", time);
    }
    BOOST_TEST(told(R"({"exp":1e999})") == "no object");
}

BOOST_AUTO_TEST_CASE(times_are_checked_with_leeway) {
    const double now = std::chrono::duration<double>(kNow.time_since_epoch()).count();
    const auto judged = [](JwtTimes times, seconds leeway) {
        const auto checked = check_times(times, kNow, leeway);
        return checked ? "good" : checked.error();
    };
    BOOST_TEST(judged({}, seconds{0}) == "good");
    BOOST_TEST(judged({.expires = now}, seconds{0}) == "expired");
    BOOST_TEST(judged({.expires = now + 0.5}, seconds{0}) == "good");
    BOOST_TEST(judged({.expires = now - 60}, seconds{60}) == "expired");
    BOOST_TEST(judged({.expires = now - 59.5}, seconds{60}) == "good");
    BOOST_TEST(judged({.starts = now}, seconds{0}) == "good");
    BOOST_TEST(judged({.starts = now + 0.5}, seconds{0}) == "not valid yet");
    BOOST_TEST(judged({.starts = now + 60}, seconds{60}) == "good");
}

BOOST_AUTO_TEST_CASE(no_object_is_told_from_an_empty_one) {
    for (const std::string& text :
         {std::string{},
          std::string{"null"},
          std::string{"7"},
          std::string{R"("iss")"},
          std::string{R"([{"iss":"us"}])"},
          std::string{R"({"iss":"us")"},
          std::string{R"({"iss":"us"}{})"},
          std::string{"{\"iss\":\"us\"}\0", 13},
          std::string{"{\"iss\":\"\xff\"}"},
          std::string{R"({"iss":"\u0000"})"},
          R"({"x":)" + nested(8) + "}"}) {
        BOOST_TEST(told(text) == "no object", text);
        BOOST_TEST(header(text) == "no object", text);
    }
    BOOST_TEST(told(R"({"x":)" + nested(7) + "}") == "- - past future");
}

BOOST_AUTO_TEST_CASE(header_names_its_algorithm_once) {
    BOOST_TEST(header("{}") == "other");
    BOOST_TEST(header(R"({"alg":"HS256","typ":"JWT"})") == "HS256");
    BOOST_TEST(header(R"({"typ":"HS256"})") == "other");
    BOOST_TEST(header(R"({"alg":"none"})") == "other");
    BOOST_TEST(header(R"({"alg":["HS256"]})") == "other");
    BOOST_TEST(header(R"({"x":{"alg":"HS256"}})") == "other");
    BOOST_TEST(header(R"({"alg":"HS256","alg":"none"})") == "other");
    BOOST_TEST(header(R"({"alg":"HS256","alg":256})") == "other");
    BOOST_TEST(header(R"({"alg":"none","alg":"HS256"})") == "HS256");
    BOOST_TEST(header(R"({"crit":null,"alg":"HS256"})") == "HS256 crit");
    BOOST_TEST(header(R"({"alg":"HS256","crit":["exp"],"x":1})") == "HS256 crit");
    BOOST_TEST(header(R"({"alg":"HS256","x":{"crit":1}})") == "HS256");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::auth
