// POST /internal/kubernetes/authorize_proxy_user: may this person reach the agent's cluster?
#pragma once

#include <array>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "app/auth/secret.hpp"
#include "app/clock.hpp"
#include "app/db/later_writes.hpp"
#include "app/error.hpp"
#include "app/json/shape.hpp"
#include "app/params/choice.hpp"
#include "app/params/schema.hpp"
#include "app/settings/kas.hpp"
#include "handlers/domain/proxy_user.hpp"
#include "handlers/stores/agents/agent_authorization_store.hpp"
#include "handlers/stores/agents/agent_store.hpp"
#include "handlers/stores/identity/personal_access_token_store.hpp"
#include "handlers/stores/identity/user_store.hpp"

namespace innergate::handlers {

constexpr auto shape_of(std::type_identity<RoleIn> /*type*/) {
    return shape::object<RoleIn>(
        shape::member("id", &RoleIn::id, "The id of the project or group"),
        shape::member(
            "roles",
            [](const RoleIn& place) { return domain::roles_up_to(place.role); },
            "All roles up to the person's own, lowest first"
        )
    );
}

}  // namespace innergate::handlers

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

    /// What the cluster lets in: the agent itself, or the person with these roles.
    struct AsAgent {};
    struct AsUser {
        const UserAccess& access;
    };
    [[nodiscard]] std::variant<AsAgent, AsUser> identity() const;
};

constexpr auto shape_of(std::type_identity<ProxyUser::AsAgent> /*type*/) {
    return shape::object<ProxyUser::AsAgent>(shape::member(
        "agent",
        [](const ProxyUser::AsAgent& /*agent*/) { return shape::Empty{}; },
        "The cluster is reached as the agent itself"
    ));
}

constexpr auto shape_of(std::type_identity<ProxyUser::AsUser> /*type*/) {
    using AsUser = ProxyUser::AsUser;
    return shape::object<AsUser>(shape::nested(
        "user",
        "The cluster is reached as the person",
        shape::member(
            "projects",
            [](const AsUser& user) -> const auto& { return user.access.projects; },
            "The projects that the configuration names and in which the person is a developer"
        ),
        shape::member(
            "groups",
            [](const AsUser& user) -> const auto& { return user.access.groups; },
            "The groups, likewise"
        )
    ));
}

constexpr auto shape_of(std::type_identity<ProxyUser> /*type*/) {
    return shape::object<ProxyUser>(
        shape::nested(
            "agent",
            "The agent",
            shape::member("id", &ProxyUser::agent_id, "The agent's id"),
            shape::nested(
                "config_project",
                "The project in which it is configured",
                shape::member("id", &ProxyUser::configuration_project_id, "The project's id")
            )
        ),
        shape::nested(
            "user",
            "The person",
            shape::member(
                "id",
                [](const ProxyUser& proxy_user) { return proxy_user.user.id; },
                "The user's id"
            ),
            shape::member(
                "username",
                [](const ProxyUser& proxy_user) -> const auto& { return proxy_user.user.username; },
                "The name of the account"
            )
        ),
        shape::member("access_as", &ProxyUser::identity, "As whom the cluster is reached")
    );
}

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

}  // namespace innergate::handlers::kubernetes
