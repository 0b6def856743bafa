// The token of the Kubernetes agent server (kas).
#pragma once

#include "app/auth/jwt.hpp"
#include "app/auth/policy.hpp"

namespace innergate::auth {

/// kas signs each request anew, from five seconds ago until 30 seconds from now; GitLab grants no
/// leeway.
inline constexpr JwtRules kKasJwtRules{
    .issuer = "gitlab-kas", .audience = "gitlab", .leeway = std::chrono::seconds{0}};

/// `Gitlab-Kas-Api-Request: <JWT>`. Every failure gets the same 401. It differs from that of the
/// agent's token, so that an operator sees that the two secrets differ.
extern const Policy kKasJwt;

/// The check that kKasJwt makes, for policies that ask for more besides.
[[nodiscard]] Result<void> require_kas(const http::Request& request, routing::Scope& scope);

}  // namespace innergate::auth
