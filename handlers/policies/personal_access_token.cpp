#include "handlers/policies/personal_access_token.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <string_view>

#include "app/auth/salted_digest.hpp"
#include "app/http/authorization.hpp"
#include "app/routing/scope.hpp"
#include "app/settings/settings.hpp"
#include "handlers/policies/parameter_token.hpp"
#include "handlers/policies/token_use.hpp"
#include "handlers/stores/identity/personal_access_token_store.hpp"

namespace innergate::handlers::policies {
namespace {

constexpr auth::PolicyRefusal kNotOffered{
    ErrorCode::not_found, "`features.subscriptions` is off.", "404 Not Found"};
constexpr auth::PolicyRefusal kMayNot{
    ErrorCode::forbidden,
    "The token's scopes or its owner's state do not permit it.",
    "403 Forbidden"};
constexpr auth::PolicyRefusal kNoAdministrator{
    ErrorCode::forbidden, "The token's owner is no administrator.", "403 Forbidden"};
constexpr auth::PolicyRefusal kNotSold{
    ErrorCode::forbidden, "`billing.saas` is off.", "403 Forbidden - This API is gitlab.com only!"};
constexpr std::array kUserRefusals{kNotOffered, kMayNot};
constexpr std::array kAdministratorRefusals{kNotOffered, kMayNot, kNoAdministrator};
constexpr std::array kSaasAdministratorRefusals{kNotOffered, kNotSold, kMayNot, kNoAdministrator};

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

constexpr std::array<std::string_view, 2> kParameters{"private_token", "access_token"};

/// A request that writes needs the first one.
constexpr std::array<std::string_view, 2> kScopes{"api", "read_api"};
constexpr std::array<std::string_view, 1> kAdminMode{"admin_mode"};

std::string find_token(const http::Request& request, const settings::Limits& limits) {
    const std::array candidates{
        request.single_header("PRIVATE-TOKEN").value_or(""),
        http::credentials_of(request.single_header("Authorization").value_or(""), "Bearer")
            .value_or(""),
        request.single_header("TOKEN").value_or(""),
    };
    const auto* const given =
        std::ranges::find_if(candidates, [](auto text) { return !text.empty(); });
    if (given != candidates.end()) {
        return std::string{*given};
    }
    std::string token = token_from_query(request, limits, kParameters);
    if (token.empty()) {
        token = token_from_body(request, limits, kParameters);
    }
    return token;
}

Result<auth::UserCaller> user_by_token(const http::Request& request, routing::Scope& scope) {
    const settings::Settings& settings = scope.thread.services.settings;
    if (!settings.features.subscriptions) {
        return request_failure(ErrorCode::not_found, "404 Not Found", "features.subscriptions");
    }
    const std::string text = find_token(request, settings.limits);
    if (text.empty()) {
        return failure(ErrorCode::unauthorized, "401 Unauthorized", "no token");
    }
    PersonalAccessTokenStore tokens{scope.thread.session};
    const auto token =
        tokens.find_by_digest(auth::salted_digest(text, scope.thread.services.db_key_base));
    if (!token) {
        return failure(ErrorCode::unauthorized, "401 Unauthorized", "unknown token");
    }
    const Timestamp now = scope.thread.services.clock.now();
    const bool reads = request.method == http::Method::get || request.method == http::Method::head;
    const auto scopes = std::span{kScopes}.first(reads ? 2 : 1);
    const auto usable =
        require_usable(*token, scopes, "api read_api", scope.thread.services.clock.today());
    if (!usable) {
        return tl::unexpected(usable.error());
    }
    remember_use(routing::shared_part<db::LaterWrites>(scope.thread.services), *token, now);
    const bool is_admin =
        token->user_is_admin && (!token->needs_admin_mode || has_scope(*token, kAdminMode));
    return auth::UserCaller{.id = token->user_id, .is_admin = is_admin};
}

Result<auth::Caller> authenticate_user(const http::Request& request, routing::Scope& scope) {
    return user_by_token(request, scope).map([](auth::UserCaller user) {
        return auth::Caller{user};
    });
}

Result<auth::Caller> authenticate_administrator(
    const http::Request& request, routing::Scope& scope
) {
    const auto user = user_by_token(request, scope);
    if (!user) {
        return tl::unexpected(user.error());
    }
    if (auto permitted = require_administrator(*user); !permitted) {
        return tl::unexpected(std::move(permitted.error()));
    }
    return auth::Caller{*user};
}

Result<auth::Caller> authenticate_saas_administrator(
    const http::Request& request, routing::Scope& scope
) {
    const settings::Settings& settings = scope.thread.services.settings;
    if (settings.features.subscriptions && !settings.billing.saas) {
        return failure(
            ErrorCode::forbidden, "403 Forbidden - This API is gitlab.com only!", "billing.saas"
        );
    }
    return authenticate_administrator(request, scope);
}

}  // namespace

Result<void> require_administrator(const auth::UserCaller& caller) {
    if (!caller.is_admin) {
        return failure(ErrorCode::forbidden, "403 Forbidden", "no administrator");
    }
    return {};
}

constinit const auth::Policy kPersonalAccessToken{
    .name = "personal_access_token",
    .description = "Personal access token with scope api, or read_api for reading.",
    .credentials = kCredentials,
    .authenticate = authenticate_user,
    .besides = nullptr,
    .path_parameters = {},
    .refusals = kUserRefusals,
};

constinit const auth::Policy kAdministratorToken{
    .name = "administrator_token",
    .description =
        "Personal access token of an administrator with scope api, or read_api for reading.",
    .credentials = kCredentials,
    .authenticate = authenticate_administrator,
    .besides = nullptr,
    .path_parameters = {},
    .refusals = kAdministratorRefusals,
};

constinit const auth::Policy kSaasAdministratorToken{
    .name = "saas_administrator_token",
    .description =
        "Personal access token of an administrator with scope api. 403 where the "
        "instance does not sell to its groups.",
    .credentials = kCredentials,
    .authenticate = authenticate_saas_administrator,
    .besides = nullptr,
    .path_parameters = {},
    .refusals = kSaasAdministratorRefusals,
};

}  // namespace innergate::handlers::policies
