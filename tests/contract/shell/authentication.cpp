// The shell's token on the routes it guards.
#include <regex>

#include <fmt/format.h>

#include "app/auth/shell_jwt.hpp"
#include "app/encoding/base64.hpp"
#include "handlers/path_tables.hpp"
#include "tests/contract/contract_suite.hpp"

namespace innergate::test {
namespace {

namespace data = boost::unit_test::data;

constexpr std::string_view kPath = "/api/v4/internal/check";
constexpr std::string_view kHeader = "Gitlab-Shell-Api-Request";
constexpr const char* kUnauthorized = R"({"message":"401 Unauthorized"})";
constexpr std::string_view kHs256 = R"({"alg":"HS256","typ":"JWT"})";

struct Shell : InProcessServer {
    Shell() : InProcessServer(settings::PoolName::internal, demo_database(db::Dialect::sqlite)) {}

    [[nodiscard]] long long now() const {
        return std::chrono::floor<std::chrono::seconds>(clock.now()).time_since_epoch().count();
    }

    /// Signed with HMAC-SHA-256, whatever the header claims.
    [[nodiscard]] std::string token(std::string_view header, std::string_view payload) const {
        const std::string text = encoding::base64url(header) + "." + encoding::base64url(payload);
        return text + "." + encoding::base64url(auth::Hs256{shell_secret}.sign(text));
    }

    [[nodiscard]] std::string token(std::string_view payload) const {
        return token(kHs256, payload);
    }

    [[nodiscard]] int status_for(std::string value) {
        return get(std::string{kPath}, {{std::string{kHeader}, std::move(value)}}).status;
    }
};

/// `{"iss":"gitlab-shell"` and more members.
std::string claims(std::string_view more) {
    return R"({"iss":"gitlab-shell")" + std::string{more} + "}";
}

/// A payload, made from the seconds since the epoch that it is now.
struct ClaimsExample {
    std::string_view name;
    std::string (*payload)(long long now);
    int status;
};

std::ostream& operator<<(std::ostream& out, const ClaimsExample& example) {
    return out << example.name;
}

std::string with_number(std::string_view name, long long value) {
    return claims(fmt::format(R"(,"{}":{})", name, value));
}

constexpr ClaimsExample kClaims[]{
    {"issuer alone", [](long long) { return claims(""); }, 200},
    {"expires in a minute", [](long long now) { return with_number("exp", now + 60); }, 200},
    {"expired, within the leeway", [](long long now) { return with_number("exp", now - 59); }, 200},
    {"expired, leeway over", [](long long now) { return with_number("exp", now - 60); }, 401},
    {"expired long ago", [](long long) { return with_number("exp", 0); }, 401},
    {"expires at a fraction",
     [](long long now) { return claims(fmt::format(R"(,"exp":{}.5)", now - 60)); },
     200},
    {"expiry as text",
     [](long long now) { return claims(fmt::format(R"(,"exp":"{}")", now + 60)); },
     401},
    {"expiry null", [](long long) { return claims(R"(,"exp":null)"); }, 401},
    {"expiry beyond all numbers", [](long long) { return claims(R"(,"exp":1e999)"); }, 401},
    {"valid from now", [](long long now) { return with_number("nbf", now); }, 200},
    {"valid soon, within the leeway",
     [](long long now) { return with_number("nbf", now + 60); },
     200},
    {"valid soon, beyond the leeway",
     [](long long now) { return with_number("nbf", now + 61); },
     401},
    {"start as text", [](long long) { return claims(R"(,"nbf":"0")"); }, 401},
    {"issued by a clock ahead", [](long long now) { return with_number("iat", now + 10); }, 200},
    {"issued far ahead", [](long long now) { return with_number("iat", now + 100'000); }, 200},
    {"other claims",
     [](long long) {
         return claims(R"(,"aud":"x","sub":"y","jti":"z","gl_id":"user-1","a":{"b":[1]})");
     },
     200},
    {"no issuer", [](long long) { return std::string{"{}"}; }, 401},
    {"other issuer", [](long long) { return std::string{R"({"iss":"gitlab-kas"})"}; }, 401},
    {"issuer in other case",
     [](long long) { return std::string{R"({"iss":"GitLab-Shell"})"}; },
     401},
    {"issuer with a blank",
     [](long long) { return std::string{R"({"iss":"gitlab-shell "})"}; },
     401},
    {"issuer in an array",
     [](long long) { return std::string{R"({"iss":["gitlab-shell"]})"}; },
     401},
    {"claims no object", [](long long) { return std::string{R"(["gitlab-shell"])"}; }, 401},
    {"claims no JSON", [](long long) { return std::string{"gitlab-shell"}; }, 401},
    {"claims nested deeply",
     [](long long) { return claims(R"(,"a":)" + std::string(2000, '[') + std::string(2000, ']')); },
     401},
};

/// A whole token, made by the server's own key.
struct TokenExample {
    std::string_view name;
    std::string (*token)(const Shell& shell);
    int status;
};

std::ostream& operator<<(std::ostream& out, const TokenExample& example) {
    return out << example.name;
}

std::string with_algorithm(const Shell& shell, std::string_view algorithm) {
    return shell.token(fmt::format(R"({{"alg":"{}","typ":"JWT"}})", algorithm), claims(""));
}

constexpr TokenExample kTokens[]{
    {"as gitlab-shell makes it", [](const Shell& shell) { return shell.shell_jwt(); }, 200},
    {"header without type",
     [](const Shell& shell) { return shell.token(R"({"alg":"HS256"})", claims("")); },
     200},
    {"algorithm none, signed",
     [](const Shell& shell) { return with_algorithm(shell, "none"); },
     401},
    {"algorithm none, unsigned",
     [](const Shell&) {
         return encoding::base64url(R"({"alg":"none"})") + "." + encoding::base64url(claims("")) +
                ".";
     },
     401},
    {"algorithm HS384", [](const Shell& shell) { return with_algorithm(shell, "HS384"); }, 401},
    {"algorithm HS512", [](const Shell& shell) { return with_algorithm(shell, "HS512"); }, 401},
    {"algorithm RS256", [](const Shell& shell) { return with_algorithm(shell, "RS256"); }, 401},
    {"algorithm in lower case",
     [](const Shell& shell) { return with_algorithm(shell, "hs256"); },
     401},
    {"no algorithm",
     [](const Shell& shell) { return shell.token(R"({"typ":"JWT"})", claims("")); },
     401},
    {"header no JSON", [](const Shell& shell) { return shell.token("HS256", claims("")); }, 401},
    {"signed with another key",
     [](const Shell& shell) {
         return auth::make_jwt(
             auth::Secret{"another secret"},
             "gitlab-shell",
             shell.clock.now(),
             std::chrono::seconds{60}
         );
     },
     401},
    {"signature of another token",
     [](const Shell& shell) {
         const std::string one = shell.token(claims(""));
         const std::string other = shell.token(claims(R"(,"gl_id":"user-1")"));
         return one.substr(0, one.rfind('.')) + other.substr(other.rfind('.'));
     },
     401},
    {"Bearer before it", [](const Shell& shell) { return "Bearer " + shell.shell_jwt(); }, 401},
    {"the secret itself",
     [](const Shell& shell) { return std::string{shell.shell_secret.reveal()}; },
     401},
    {"a fourth part", [](const Shell& shell) { return shell.shell_jwt() + ".x"; }, 401},
    {"padding", [](const Shell& shell) { return shell.shell_jwt() + "="; }, 401},
    {"oversized",
     [](const Shell& shell) {
         return shell.token(claims(R"(,"a":")" + std::string(9000, 'a') + "\""));
     },
     401},
    {"only dots", [](const Shell&) { return std::string{".."}; }, 401},
    {"a megabyte", [](const Shell&) { return std::string(1'000'000, 'e'); }, 401},
    {"empty", [](const Shell&) { return std::string{}; }, 401},
    {"bytes that are no text", [](const Shell&) { return std::string{"\xff\x01.\x80."}; }, 401},
};

void check_refused(const http::Response& response) {
    check(response, 401, kUnauthorized);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(shell_authentication)

BOOST_DATA_TEST_CASE(by_claims, data::make(kClaims), example) {
    Shell shell;
    BOOST_TEST(shell.status_for(shell.token(example.payload(shell.now()))) == example.status);
}

BOOST_DATA_TEST_CASE(by_token, data::make(kTokens), example) {
    Shell shell;
    BOOST_TEST(shell.status_for(example.token(shell)) == example.status);
}

BOOST_AUTO_TEST_CASE(part_of_a_token_is_refused) {
    Shell shell;
    const std::string token = shell.shell_jwt();
    for (std::size_t length = 0; length < token.size(); ++length) {
        BOOST_TEST(shell.status_for(token.substr(0, length)) == 401, "the first " << length);
    }
}

BOOST_AUTO_TEST_CASE(token_is_good_for_two_minutes) {
    Shell shell;
    const std::string token = shell.shell_jwt();
    shell.clock.set(shell.clock.now() + std::chrono::milliseconds{119'999});
    BOOST_TEST(shell.status_for(token) == 200);
    shell.clock.set(shell.clock.now() + std::chrono::milliseconds{1});
    BOOST_TEST(shell.status_for(token) == 401);
}

BOOST_AUTO_TEST_CASE(refusal_says_nothing_and_the_log_says_why) {
    Shell shell;
    const std::string expired = shell.token(claims(R"(,"exp":1)"));
    check_refused(shell.get(std::string{kPath}, {{std::string{kHeader}, expired}}));
    BOOST_TEST(shell.log_detail() == "shell JWT: expired");
    BOOST_TEST(shell.log_detail().find(expired) == std::string::npos);
    check_refused(shell.get(std::string{kPath}));
    BOOST_TEST(shell.log_detail().starts_with("shell JWT: no token"));
}

// Earlier versions of GitLab took the secret itself in these places.
BOOST_AUTO_TEST_CASE(legacy_ways_to_send_the_secret_are_refused) {
    Shell shell;
    const std::string secret{shell.shell_secret.reveal()};
    check_refused(
        shell.get(std::string{kPath}, {{"Gitlab-Shared-Secret", encoding::base64(secret)}})
    );
    check_refused(shell.get(std::string{kPath} + "?secret_token=a%20shell%20secret"));
    check_refused(shell.get(std::string{kPath}, {{"Authorization", "Bearer " + shell.shell_jwt()}})
    );
    check_refused(shell.get(std::string{kPath} + "?gitlab-shell-api-request=" + shell.shell_jwt()));
    Call call;
    call.target = kPath;
    call.content_type = "application/json";
    call.body = R"({"secret_token":"a shell secret for tests only"})";
    check_refused(shell.answer(call));
    BOOST_TEST(!shell.body_was_read());
}

// Of two that differ, a proxy in front may have looked at the other one.
BOOST_AUTO_TEST_CASE(two_tokens_that_differ_are_refused) {
    Shell shell;
    const std::string token = shell.shell_jwt();
    const std::string other = shell.token(claims(""));
    const std::string name{kHeader};
    check_refused(shell.get(std::string{kPath}, {{name, token}, {name, other}}));
    check_refused(shell.get(std::string{kPath}, {{name, token}, {"gitlab_shell_api_request", "x"}})
    );
    BOOST_TEST(shell.get(std::string{kPath}, {{name, token}, {name, token}}).status == 200);
}

BOOST_AUTO_TEST_CASE(name_of_the_header_field_is_taken_in_every_spelling) {
    Shell shell;
    for (const char* const name :
         {"gitlab-shell-api-request", "GITLAB_SHELL_API_REQUEST", "Gitlab-Shell-Api-Request"}) {
        BOOST_TEST(shell.get(std::string{kPath}, {{name, shell.shell_jwt()}}).status == 200);
    }
}

BOOST_AUTO_TEST_CASE(basic_credentials_for_a_proxy_in_front_are_ignored) {
    Shell shell;
    BOOST_TEST(
        shell
            .get(
                std::string{kPath},
                {{std::string{kHeader}, shell.shell_jwt()}, {"Authorization", "Basic dTpw"}}
            )
            .status == 200
    );
}

BOOST_AUTO_TEST_CASE(every_route_below_internal_is_guarded) {
    Shell shell;
    const routing::PathTable table = handlers::path_table(settings::PoolName::internal);
    int guarded = 0;
    for (const routing::Route* const route : table.routes()) {
        if (!route->pattern.starts_with("/api/")) {
            continue;
        }
        Call call;
        call.method = route->method;
        // Some rows take numbers only.
        static const std::regex parameter{":[a-z_]+"};
        call.target = std::regex_replace(std::string{route->pattern}, parameter, "1");
        BOOST_TEST(shell.answer(call).status == 401, route->pattern);
        ++guarded;
    }
    BOOST_TEST(guarded >= 4);
}

BOOST_AUTO_TEST_CASE(body_of_a_stranger_is_not_read) {
    Shell shell;
    Call call;
    call.target = kPath;
    call.content_type = "application/json";
    call.body = "{broken";
    check_refused(shell.answer(call));
    BOOST_TEST(!shell.body_was_read());
    call.headers = {{std::string{kHeader}, shell.shell_jwt()}};
    BOOST_TEST(shell.answer(call).status == 400);
    BOOST_TEST(shell.body_was_read());
}

// Who is not let in learns nothing about paths that an unknown path would not tell.
BOOST_AUTO_TEST_CASE(unknown_path_and_other_method_need_no_token) {
    Shell shell;
    check(shell.get("/api/v4/internal/nothing"), 404, R"({"error":"404 Not Found"})");
    Call call;
    call.method = http::Method::post;
    call.target = std::string{kPath};
    check(shell.answer(call), 405, R"({"error":"405 Not Allowed"})");
}

BOOST_FIXTURE_TEST_CASE(previous_secret_is_accepted_and_named_in_the_log, Shell) {
    const auth::Secret previous{"the shell secret before that"};
    const auth::Secret previous_kas{"the 32 bytes of another secret!!"};
    const std::string token =
        auth::make_jwt(previous, "gitlab-shell", clock.now(), std::chrono::seconds{60});
    const std::string kas_token =
        auth::make_jwt(previous_kas, "gitlab-kas", clock.now(), std::chrono::seconds{30}, "gitlab");
    constexpr std::string_view kKasPath = "/api/v4/internal/kubernetes/receptive_agents";
    const auto kas_status = [&](std::string value) {
        return get(std::string{kKasPath}, {{"Gitlab-Kas-Api-Request", std::move(value)}}).status;
    };
    BOOST_TEST(status_for(token) == 401);
    BOOST_TEST(kas_status(kas_token) == 401);
    accept_previous(previous, previous_kas);
    BOOST_TEST(status_for(token) == 200);
    BOOST_TEST(caller() == "shell (previous secret)");
    BOOST_TEST(kas_status(kas_token) == 404);  // past the door: there are none
    BOOST_TEST(caller() == "kas (previous secret)");
    BOOST_TEST(status_for(shell_jwt()) == 200);
    BOOST_TEST(caller() == "shell");
    BOOST_TEST(kas_status(kas_jwt()) == 404);
    BOOST_TEST(caller() == "kas");
    // Neither stands for the other.
    BOOST_TEST(kas_status(token) == 401);
    BOOST_TEST(status_for(kas_token) == 401);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::test
