// Tokens of Kubernetes agents: how many are good, the end of one, and what is remembered of it.
#pragma once

#include <string>

#include "admin/commands/database.hpp"

#include "app/clock.hpp"

namespace innergate::admin::rows {

/// Whether there is a good token with this digest.
[[nodiscard]] bool has_agent_token(Database& database, const std::string& digest);

[[nodiscard]] int count_active_agent_tokens(Database& database, long long agent_id);

/// Revokes it and records the activity event, in one transaction. False: it was revoked before,
/// nothing is recorded.
bool revoke_agent_token(Database& database, long long token_id, Timestamp now);

/// Keeps only the newest events of the token's agent, AgentEventStore::kKept of them.
void prune_agent_events(Database& database, long long token_id);

}  // namespace innergate::admin::rows
