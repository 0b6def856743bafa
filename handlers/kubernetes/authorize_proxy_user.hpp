// POST /internal/kubernetes/authorize_proxy_user: may this person reach the agent's cluster?
#pragma once

#include <array>
#include <optional>
#include <string>

#include "app/auth/secret.hpp"
#include "app/clock.hpp"
#include "app/db/later_writes.hpp"
#include "app/error.hpp"
#include "app/json/writer.hpp"
#include "app/params/choice.hpp"
#include "app/params/schema.hpp"
#include "app/settings/settings.hpp"
#include "handlers/domain/proxy_user.hpp"
#include "handlers/stores/agent_authorization_store.hpp"
#include "handlers/stores/agent_store.hpp"
#include "handlers/stores/personal_access_token_store.hpp"
#include "handlers/stores/user_store.hpp"

namespace innergate::handlers::kubernetes {

enum class AccessType { session_cookie, personal_access_token };

inline constexpr std::array<params::Word<AccessType>, 2> kAccessTypes{{
    {"session_cookie", AccessType::session_cookie},
    {"personal_access_token", AccessType::personal_access_token},
}};

struct AuthorizeProxyUserRequest {
    std::optional<params::RubyInteger> agent_id;
    AccessType access_type = AccessType::session_cookie;
    std::optional<std::string> access_key;
    std::optional<std::string> csrf_token;
};

inline constexpr auto kAuthorizeProxyUserParams = params::schema<AuthorizeProxyUserRequest>(
    params::present("agent_id", &AuthorizeProxyUserRequest::agent_id, "Id of the agent"),
    params::one_of<AuthorizeProxyUserRequest, AccessType>(
        "access_type",
        &AuthorizeProxyUserRequest::access_type,
        kAccessTypes,
        "session_cookie or personal_access_token"
    ),
    params::present("access_key", &AuthorizeProxyUserRequest::access_key, "The cookie or token"),
    params::required_with(
        "csrf_token",
        &AuthorizeProxyUserRequest::csrf_token,
        "access_type",
        "session_cookie",
        "With a session cookie: the page's token"
    )
);

struct ProxyUser {
    AgentId agent_id;
    ProjectId configuration_project_id;
    User user;
    domain::AccessAs access_as = domain::AccessAs::agent;
    UserAccess access;
};

/// Errors: bad_request for a session, as there are none here, and for an unknown token; those of
/// require_usable(); not_found for an unknown agent; unauthorized where `kas.user_access` is off;
/// forbidden with the reason in GitLab's words.
[[nodiscard]] Result<ProxyUser> authorize_proxy_user(
    const AuthorizeProxyUserRequest& request,
    PersonalAccessTokenStore& tokens,
    UserStore& users,
    AgentStore& agents,
    AgentAuthorizationStore& authorizations,
    db::LaterWrites& later,
    const auth::DbKeyBase& db_key_base,
    const settings::Kas& kas,
    const Clock& clock
);

void write_json(json::Writer& writer, const ProxyUser& proxy_user);

}  // namespace innergate::handlers::kubernetes
