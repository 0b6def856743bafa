#include "handlers/kubernetes/authorize_proxy_user.hpp"

#include <utility>

#include "app/auth/salted_digest.hpp"
#include "handlers/policies/token_use.hpp"

namespace innergate::handlers::kubernetes {
namespace {

constexpr std::array<std::string_view, 1> kScopes{"k8s_proxy"};

tl::unexpected<Error> bad_request(std::string_view reason) {
    return failure(ErrorCode::bad_request, "400 Bad request - " + std::string{reason});
}

Result<UserId> owner_of_token(
    const std::optional<std::string>& token,
    PersonalAccessTokenStore& tokens,
    db::LaterWrites& later,
    const auth::DbKeyBase& db_key_base,
    const Clock& clock
) {
    const auto found = token && !token->empty()
                           ? tokens.find_by_digest(auth::salted_digest(*token, db_key_base.secret))
                           : std::nullopt;
    if (!found) {
        return bad_request("Unable to get user from request data");
    }
    const auto usable = policies::require_usable(*found, kScopes, kScopes.front(), clock.today());
    if (!usable) {
        return tl::unexpected(usable.error());
    }
    policies::remember_use(later, *found, clock.now());
    return found->user_id;
}

/// Lets the person use what the agent's configuration opens.
Result<ProxyUser> admit(ProxyUser proxy_user) {
    const auto access_as = domain::access_as(proxy_user.access.config);
    if (!access_as) {
        return failure(ErrorCode::forbidden, access_as.error());
    }
    if (proxy_user.access.projects.empty() && proxy_user.access.groups.empty()) {
        return failure(ErrorCode::forbidden, std::string{domain::kNoMember});
    }
    proxy_user.access_as = *access_as;
    return proxy_user;
}

}  // namespace

std::variant<ProxyUser::AsAgent, ProxyUser::AsUser> ProxyUser::identity() const {
    if (access_as == domain::AccessAs::agent) {
        return AsAgent{};
    }
    return AsUser{access};
}

Result<ProxyUser> authorize_proxy_user(
    const AuthorizeProxyUserRequest& request,
    PersonalAccessTokenStore& tokens,
    UserStore& users,
    AgentStore& agents,
    AgentAuthorizationStore& authorizations,
    db::LaterWrites& later,
    const auth::DbKeyBase& db_key_base,
    const settings::Kas& kas,
    const Clock& clock
) {
    if (request.access_type == AccessType::session_cookie) {
        return bad_request("Invalid access_key");
    }
    const auto owner = owner_of_token(request.access_key, tokens, later, db_key_base, clock);
    if (!owner) {
        return tl::unexpected(owner.error());
    }
    const AgentId agent = request.agent_id ? AgentId{request.agent_id->value} : AgentId::none();
    const auto project = agents.find_project(agent);
    if (!project) {
        return failure(ErrorCode::not_found, "404 Not found", "no such agent");
    }
    if (!kas.user_access) {
        return failure(
            ErrorCode::unauthorized,
            "401 Unauthorized - Feature disabled for agent",
            "kas.user_access is off"
        );
    }
    auto user = users.find(*owner);
    if (!user) {
        return bad_request("Unable to get user from request data");
    }
    return admit(
        {.agent_id = agent,
         .configuration_project_id = *project,
         .user = std::move(*user),
         .access = authorizations.find_user_access(agent, *owner, clock.today())}
    );
}

}  // namespace innergate::handlers::kubernetes
