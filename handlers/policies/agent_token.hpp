// The agent server speaking for one of its agents.
#pragma once

#include "app/auth/policy.hpp"

namespace innergate::handlers::policies {

/// Checks auth::kKasJwt first, and then the token of an agent. The token may stand behind
/// `Authorization: Bearer` or `Token`, which then decides alone (kas up to 17); else in
/// `Gitlab-Agent-Api-Request` (kas 18), else in `Gitlab-Agentk-Api-Request` (16 and 17).
///
/// Errors: 401 as kKasJwt; 401 `401 Unauthorized` for a missing, unknown or revoked token. It is
/// remembered that the token was used and that the agent is connected.
extern const auth::Policy kAgentToken;

}  // namespace innergate::handlers::policies
