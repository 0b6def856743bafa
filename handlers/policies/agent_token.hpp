// The agent server speaking for one of its agents.
#pragma once

#include "app/auth/policy.hpp"

namespace innergate::handlers::policies {

/// auth::kKasJwt first, and the token of an agent besides. Where the token may stand: behind
/// `Authorization: Bearer` or `Token`, which then decides alone (kas up to 17); else in
/// `Gitlab-Agent-Api-Request` (kas 18), else in `Gitlab-Agentk-Api-Request` (16 and 17).
///
/// Errors: 401 as kKasJwt; 401 `401 Unauthorized` for no, an unknown or a revoked token. That the
/// token was used, and that the agent is connected, is remembered.
extern const auth::Policy kAgentToken;

}  // namespace innergate::handlers::policies
