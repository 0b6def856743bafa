#include "handlers/policies/personal_access_token.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "app/auth/token_digest.hpp"
#include "app/db/errors.hpp"
#include "app/http/authorization.hpp"
#include "app/http/url.hpp"
#include "app/json/reader.hpp"
#include "app/routing/parameters.hpp"
#include "app/routing/scope.hpp"
#include "handlers/stores/personal_access_token_store.hpp"

namespace innergate::handlers::policies {
namespace {

using auth::Credential;

constexpr std::array kCredentials{
    Credential{.scheme = "privateToken", .in = Credential::In::header, .field = "PRIVATE-TOKEN"},
    Credential{.scheme = "bearer", .in = Credential::In::bearer, .field = "Authorization"},
    Credential{.scheme = "token", .in = Credential::In::header, .field = "TOKEN"},
    Credential{
        .scheme = "privateTokenParameter", .in = Credential::In::query, .field = "private_token"},
    Credential{
        .scheme = "accessTokenParameter", .in = Credential::In::query, .field = "access_token"},
};

constexpr std::chrono::minutes kTouchInterval{10};

Error bearer_error(std::string error, std::string description, std::string log_detail) {
    Error refusal =
        failure(ErrorCode::unauthorized, std::move(error), std::move(log_detail)).value();
    refusal.key = ErrorKey::error;
    refusal.error_description = std::move(description);
    return refusal;
}

std::string token_from_query(const http::Request& request, const routing::Scope& scope) {
    const auto parameters = routing::query_parameters(
        http::split_target(request.target).query, scope.services.settings.limits
    );
    if (!parameters) {
        return {};
    }
    for (const std::string_view name : {"private_token", "access_token"}) {
        const json::Value* const value = json::find(*parameters, name);
        if (value != nullptr && value->string() != nullptr && !value->string()->empty()) {
            return *value->string();
        }
    }
    return {};
}

std::string find_token(const http::Request& request, const routing::Scope& scope) {
    const std::array candidates{
        request.single_header("PRIVATE-TOKEN").value_or(""),
        http::credentials_of(request.single_header("Authorization").value_or(""), "Bearer")
            .value_or(""),
        request.single_header("TOKEN").value_or(""),
    };
    const auto* const given =
        std::ranges::find_if(candidates, [](auto text) { return !text.empty(); });
    return given == candidates.end() ? token_from_query(request, scope) : std::string{*given};
}

bool has_scope(std::string_view scopes, http::Method method) {
    const auto names = json::parse(scopes);
    if (!names || names->array() == nullptr) {
        return false;
    }
    const bool reads = method == http::Method::get || method == http::Method::head;
    return std::ranges::any_of(*names->array(), [reads](const json::Value& name) {
        return name.string() != nullptr &&
               (*name.string() == "api" || (reads && *name.string() == "read_api"));
    });
}

/// A use that cannot be remembered is no reason to refuse it.
void remember_use(
    PersonalAccessTokenStore& tokens, const PersonalAccessToken& token, Timestamp now
) {
    if (token.last_used_at && now - *token.last_used_at <= kTouchInterval) {
        return;
    }
    try {
        tokens.touch(token.id, now);
    } catch (const db::Unavailable&) {
        return;
    }
}

Result<auth::Caller> authenticate(const http::Request& request, routing::Scope& scope) {
    const std::string text = find_token(request, scope);
    if (text.empty()) {
        return failure(ErrorCode::unauthorized, "401 Unauthorized", "no token");
    }
    PersonalAccessTokenStore tokens{scope.session};
    const auto token = tokens.find_by_digest(auth::token_digest(text, scope.services.db_key_base));
    if (!token) {
        return failure(ErrorCode::unauthorized, "401 Unauthorized", "unknown token");
    }
    const Timestamp now = scope.services.clock.now();
    if (token->expires_at && *token->expires_at <= scope.services.clock.today()) {
        return tl::unexpected(bearer_error(
            "invalid_token",
            "Token is expired. You can either do re-authorization or token refresh.",
            "expired token"
        ));
    }
    if (token->is_revoked) {
        return tl::unexpected(bearer_error(
            "invalid_token",
            "Token was revoked. You have to re-authorize from the user.",
            "revoked token"
        ));
    }
    if (!token->user_is_active) {
        return failure(
            ErrorCode::forbidden,
            "403 Forbidden - Your account has been blocked.",
            "token of a user who is not active"
        );
    }
    if (!has_scope(token->scopes, request.method)) {
        Error refusal = bearer_error(
            "insufficient_scope",
            "The request requires higher privileges than provided by the access token.",
            "scope too small"
        );
        refusal.code = ErrorCode::forbidden;
        refusal.scope = "api read_api";
        return tl::unexpected(std::move(refusal));
    }
    remember_use(tokens, *token, now);
    return auth::Caller{auth::UserCaller{.id = token->user_id, .is_admin = token->user_is_admin}};
}

}  // namespace

constinit const auth::Policy kPersonalAccessToken{
    .name = "personal_access_token",
    .description = "Personal access token with scope api, or read_api for reading.",
    .credentials = kCredentials,
    .authenticate = authenticate,
};

}  // namespace innergate::handlers::policies
