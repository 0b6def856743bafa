#include "handlers/policies/error_tracking_token.hpp"

#include <array>
#include <string>
#include <string_view>

#include "app/auth/salted_digest.hpp"
#include "app/auth/shell_jwt.hpp"
#include "app/encoding/digest.hpp"
#include "app/routing/scope.hpp"
#include "app/settings/settings.hpp"
#include "handlers/policies/parameter_token.hpp"
#include "handlers/stores/identity/error_tracking_store.hpp"

namespace innergate::handlers::policies {
namespace {

using auth::Credential;

constexpr std::string_view kField = "Gitlab-Error-Tracking-Token";
constexpr std::string_view kParameter = "error_tracking_token";

constexpr std::array kCredentials{
    Credential{.scheme = "errorTrackingToken", .in = Credential::In::header, .field = kField},
    Credential{
        .scheme = "errorTrackingTokenParameter", .in = Credential::In::query, .field = kParameter},
    Credential{
        .scheme = "shellJwt", .in = Credential::In::header, .field = "Gitlab-Shell-Api-Request"},
};

constexpr std::array kParameters{kParameter};

/// Files and forms end their last line with a line break.
std::string_view without_line_break(std::string_view text) {
    if (text.ends_with('\n')) {
        text.remove_suffix(1);
        if (text.ends_with('\r')) {
            text.remove_suffix(1);
        }
    }
    return text;
}

tl::unexpected<Error> refused(std::string log_detail) {
    return failure(ErrorCode::unauthorized, "401 Unauthorized", std::move(log_detail));
}

Result<auth::Caller> check(std::string_view token, routing::Scope& scope) {
    if (token.empty()) {
        return refused("empty error tracking token");
    }
    const std::string digest = ErrorTrackingStore{scope.thread.session}.access_token_digest();
    if (digest.empty()) {
        return refused("no error tracking access token is set: innergate-admin error-tracking");
    }
    if (!encoding::equal_in_constant_time(
            digest, auth::salted_digest(token, scope.thread.services.db_key_base)
        )) {
        return refused("wrong error tracking token");
    }
    return auth::Caller{auth::ErrorTrackingCaller{}};
}

Result<auth::Caller> authenticate(const http::Request& request, routing::Scope& scope) {
    const settings::Limits& limits = scope.thread.services.settings.limits;
    std::string token{request.single_header(kField).value_or("")};
    if (token.empty()) {
        token = token_from_query(request, limits, kParameters);
    }
    if (token.empty()) {
        const auto shell = auth::kShellJwt.authenticate(request, scope);
        if (shell) {
            return auth::Caller{auth::ErrorTrackingCaller{}};
        }
        token = token_from_body(request, limits, kParameters);
        if (token.empty()) {
            return refused("no error tracking token; " + shell.error().log_detail);
        }
    }
    return check(without_line_break(token), scope);
}

}  // namespace

constinit const auth::Policy kErrorTrackingToken{
    .name = "error_tracking_token",
    .description =
        "Access token of the error tracking service, also as parameter error_tracking_token in the "
        "body; or gitlab-shell's JSON Web Token.",
    .credentials = kCredentials,
    .authenticate = authenticate,
};

}  // namespace innergate::handlers::policies
