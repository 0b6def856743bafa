#include "handlers/policies/personal_access_token.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <string_view>

#include "app/auth/token_digest.hpp"
#include "app/http/authorization.hpp"
#include "app/http/url.hpp"
#include "app/routing/parameters.hpp"
#include "app/routing/scope.hpp"
#include "handlers/policies/token_use.hpp"
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

/// For writing the first one only.
constexpr std::array<std::string_view, 2> kScopes{"api", "read_api"};

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
    const bool reads = request.method == http::Method::get || request.method == http::Method::head;
    const auto scopes = std::span{kScopes}.first(reads ? 2 : 1);
    const auto usable =
        require_usable(*token, scopes, "api read_api", scope.services.clock.today());
    if (!usable) {
        return tl::unexpected(usable.error());
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
