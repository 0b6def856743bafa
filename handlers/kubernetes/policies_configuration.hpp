// GET /internal/kubernetes/modules/starboard_vulnerability/policies_configuration: when is this
// agent to scan which namespaces?
#pragma once

#include <string>
#include <vector>

#include "app/auth/caller.hpp"
#include "app/clock.hpp"
#include "app/error.hpp"
#include "app/json/writer.hpp"
#include "app/settings/settings.hpp"
#include "handlers/domain/security_policy/policy.hpp"
#include "handlers/stores/security_policy_store.hpp"

namespace innergate::handlers::kubernetes {

struct PoliciesConfiguration {
    struct Entry {
        domain::AgentScan scan;
        Timestamp updated_at;
    };

    /// agentk looks at the first only.
    std::vector<Entry> entries;
    std::string log_detail;  ///< which documents could not be read
};

/// Of the agent's project and the groups above it. agentk asks every 30 seconds. Errors: not_found
/// when the project is gone; payment_required when the feature is off. agentk takes both for
/// "no policies", and would back off at others.
[[nodiscard]] Result<PoliciesConfiguration> policies_configuration(
    SecurityPolicyStore& policies,
    const auth::AgentCaller& agent,
    const settings::Features& features
);

void write_json(json::Writer& writer, const PoliciesConfiguration& reply);

}  // namespace innergate::handlers::kubernetes
