// The shared-secret token of gitlab-shell, gitlab-sshd and Gitaly.
#pragma once

#include "app/auth/jwt.hpp"
#include "app/auth/policy.hpp"

namespace innergate::auth {

/// Clients set `exp` a minute after `iat`; GitLab grants a minute more for clocks that differ.
inline constexpr JwtRules kShellJwtRules{
    .issuer = "gitlab-shell", .leeway = std::chrono::seconds{60}};

/// `Gitlab-Shell-Api-Request: <JWT>`. Any failure is one and the same 401.
extern const Policy kShellJwt;

}  // namespace innergate::auth
