// POST /internal/lfs_authenticate: which credential does Git LFS use over HTTP after SSH?
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "app/auth/secret.hpp"
#include "app/clock.hpp"
#include "app/db/later_writes.hpp"
#include "app/error.hpp"
#include "app/json/shape.hpp"
#include "app/params/schema.hpp"
#include "app/settings/instance.hpp"
#include "app/settings/tokens.hpp"
#include "handlers/shell/actor.hpp"
#include "handlers/stores/git/lfs_store.hpp"
#include "handlers/stores/identity/credential_store.hpp"

namespace innergate::handlers::shell {

struct LfsAuthenticateRequest : ActorParams {
    std::optional<std::string> project;
    std::optional<std::string> gl_repository;
};

inline constexpr auto kLfsAuthenticateParams = params::schema<LfsAuthenticateRequest>(
    params::optional("key_id", &ActorParams::key_id, "SSH key that authenticated the session"),
    params::optional("user_id", &ActorParams::user_id, "User, where there is no key"),
    params::optional("username", &ActorParams::username, "User named by an SSH certificate"),
    params::optional(
        "project", &LfsAuthenticateRequest::project, "Path of the repository, as typed"
    ),
    params::optional(
        "gl_repository",
        &LfsAuthenticateRequest::gl_repository,
        "Repository such as project-7; counts before project"
    )
);

struct LfsAuthentication {
    std::string username;
    std::string lfs_token;
    std::string repository_http_path;
    std::chrono::seconds expires_in{0};
};

constexpr auto shape_of(std::type_identity<LfsAuthentication> /*type*/) {
    return shape::object<LfsAuthentication>(
        shape::member(
            "username", &LfsAuthentication::username, "The user name for Basic authentication"
        ),
        shape::member("lfs_token", &LfsAuthentication::lfs_token, "The password that goes with it"),
        shape::member(
            "repository_http_path",
            &LfsAuthentication::repository_http_path,
            shape::Doc{"The address of the repository over HTTP", "uri"}
        ),
        shape::member(
            "expires_in",
            [](const LfsAuthentication& authentication) {
                return authentication.expires_in.count();
            },
            "For how many seconds the token is good"
        )
    );
}

/// No permission is checked: gitlab-shell asks only after the access check let it through.
/// Errors, first that holds: not_found `404 Not Found` (no such project, a snippet, LFS off);
/// not_found `404 Not found`, GitLab's other spelling (no key and no user, or a key nobody owns).
[[nodiscard]] Result<LfsAuthentication> lfs_authenticate(
    const LfsAuthenticateRequest& request,
    LfsStore& lfs,
    CredentialStore& credentials,
    db::LaterWrites& later,
    const settings::Instance& instance,
    const settings::Tokens& tokens,
    const auth::DbKeyBase& db_key_base,
    const Clock& clock
);

}  // namespace innergate::handlers::shell
