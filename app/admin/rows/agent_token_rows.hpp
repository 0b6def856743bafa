// Tokens of Kubernetes agents: how many are good, and the end of one.
#pragma once

#include "app/admin/database.hpp"

namespace innergate::admin::rows {

[[nodiscard]] int count_active_agent_tokens(Database& database, long long agent_id);

/// False: it was revoked before.
bool revoke_agent_token(Database& database, long long token_id);

}  // namespace innergate::admin::rows
