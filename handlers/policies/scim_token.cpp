#include "handlers/policies/scim_token.hpp"

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "app/auth/salted_digest.hpp"
#include "app/http/authorization.hpp"
#include "app/routing/scope.hpp"
#include "app/settings/settings.hpp"
#include "handlers/stores/scim/scim_token_store.hpp"

namespace innergate::handlers::policies {
namespace {

constexpr std::array kCredentials{auth::Credential{
    .scheme = "bearer", .in = auth::Credential::In::bearer, .field = "Authorization"}};

constexpr std::array kPathParameters{
    auth::PathParameter{"group_path", "Path of a top-level group, or its id"}};

constexpr auth::PolicyRefusal kNotOffered{
    ErrorCode::not_found, "`features.scim` is off, or the group is not there.", "404 Not Found"};
constexpr auth::PolicyRefusal kNoSingleSignOn{
    ErrorCode::forbidden,
    "The group or the instance has no single sign-on.",
    "Group SSO is not enabled for this group"};
constexpr std::array kTokenRefusals{kNotOffered, kNoSingleSignOn};
constexpr std::array kDiscoveryRefusals{
    kNotOffered,
    kNoSingleSignOn,
    auth::PolicyRefusal{
        ErrorCode::unauthorized,
        "A token is sent and is not accepted.",
        "The SCIM token is missing, or is not accepted here"}};

tl::unexpected<Error> unauthorized(std::string log_detail) {
    return failure(
        ErrorCode::unauthorized,
        "The SCIM token is missing, or is not accepted here",
        std::move(log_detail)
    );
}

/// Empty for the instance.
std::string group_path(const routing::Scope& scope) {
    const json::Value* const path = json::find(*scope.path_parameters, "group_path");
    return path == nullptr ? "" : *path->string();
}

Result<void> require_scope(const ScimToken& token, std::string_view path) {
    if (!path.empty() && !token.asked_group) {
        return failure(ErrorCode::not_found, fmt::format("Group {} not found", path));
    }
    const auto asked_id = token.asked_group ? std::optional{token.asked_group->id} : std::nullopt;
    if (token.group_id != asked_id) {
        return unauthorized("token of another scope");
    }
    if (token.asked_group && !token.asked_group->has_sso) {
        return failure(ErrorCode::forbidden, "Group SSO is not enabled for this group");
    }
    if (!token.asked_group && !token.instance_has_sso) {
        return failure(ErrorCode::forbidden, "SAML SSO is not enabled for this instance");
    }
    return {};
}

Result<void> require_feature(const routing::Scope& scope) {
    if (!scope.thread.services.settings.features.scim) {
        return failure(ErrorCode::not_found, "404 Not Found", "features.scim");
    }
    return {};
}

Result<auth::Caller> authenticate(const http::Request& request, routing::Scope& scope) {
    if (auto offered = require_feature(scope); !offered) {
        return tl::unexpected(std::move(offered.error()));
    }
    const std::string_view field = request.single_header("Authorization").value_or("");
    const std::string_view text = http::credentials_of(field, "Bearer").value_or("");
    if (text.empty()) {
        return unauthorized("no bearer token");
    }
    const std::string path = group_path(scope);
    const auto token = ScimTokenStore{scope.thread.session}.find(
        auth::salted_digest(text, scope.thread.services.db_key_base), path
    );
    if (!token) {
        return unauthorized("unknown token");
    }
    if (auto permitted = require_scope(*token, path); !permitted) {
        return tl::unexpected(std::move(permitted.error()));
    }
    return auth::Caller{auth::ScimCaller{
        .token_id = token->id,
        .group_id = token->group_id,
        .group_path = token->asked_group ? token->asked_group->path : "",
    }};
}

Result<auth::Caller> authenticate_where_told(const http::Request& request, routing::Scope& scope) {
    if (request.header("Authorization")) {
        return authenticate(request, scope).map([](const auth::Caller& /*caller*/) {
            return auth::Caller{auth::Anonymous{}};
        });
    }
    return require_feature(scope).map([] { return auth::Caller{auth::Anonymous{}}; });
}

}  // namespace

constinit const auth::Policy kScimToken{
    .name = "scim_token",
    .description = "SCIM token of this group or, outside of groups, of the instance.",
    .credentials = kCredentials,
    .authenticate = authenticate,
    .besides = nullptr,
    .path_parameters = kPathParameters,
    .refusals = kTokenRefusals,
};

constinit const auth::Policy kScimDiscovery{
    .name = "scim_discovery",
    .description = "Needs no token; one that is sent must be good.",
    .credentials = {},
    .authenticate = authenticate_where_told,
    .besides = nullptr,
    .path_parameters = kPathParameters,
    .refusals = kDiscoveryRefusals,
};

}  // namespace innergate::handlers::policies
