// GET /internal/kubernetes/modules/starboard_vulnerability/scan_execution_policies: the policies
// of the agent's project. Agents up to 15 asked for these and looked for their orders themselves.
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

struct ScanExecutionPolicies {
    struct Entry {
        domain::ScanExecutionPolicy policy;
        Timestamp updated_at;
    };

    std::vector<Entry> entries;
    std::string log_detail;  ///< why the document counts for nothing
};

/// Of the project alone, those that are off too; none of a file that is not valid by GitLab's
/// schema. Errors: not_found when the project is gone, and when the feature is off.
[[nodiscard]] Result<ScanExecutionPolicies> scan_execution_policies(
    SecurityPolicyStore& policies,
    const auth::AgentCaller& agent,
    const settings::Features& features
);

void write_json(json::Writer& writer, const ScanExecutionPolicies& reply);

}  // namespace innergate::handlers::kubernetes
