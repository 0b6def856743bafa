// GET /internal/kubernetes/modules/starboard_vulnerability/policies_configuration: when is this
// agent to scan which namespaces?
#pragma once

#include <string>
#include <vector>

#include "app/auth/caller.hpp"
#include "app/clock.hpp"
#include "app/error.hpp"
#include "app/json/shape.hpp"
#include "app/settings/features.hpp"
#include "app/time_format.hpp"
#include "handlers/domain/security_policy/policy.hpp"
#include "handlers/stores/agents/security_policy_store.hpp"

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

constexpr auto shape_of(std::type_identity<PoliciesConfiguration::Entry> /*type*/) {
    using Entry = PoliciesConfiguration::Entry;
    return shape::object<Entry>(
        shape::member(
            "cadence",
            [](const Entry& entry) -> const auto& { return entry.scan.cadence; },
            "When to scan, in cron's form; null: it is no text in the policy"
        ),
        shape::member(
            "namespaces",
            [](const Entry& entry) -> const auto& { return entry.scan.namespaces; },
            "Which namespaces of the cluster to scan; empty: all"
        ),
        shape::member(
            "updated_at",
            [](const Entry& entry) { return to_rfc3339(entry.updated_at); },
            shape::Doc{"When the policy's file was committed", "date-time"}
        )
    );
}

constexpr auto shape_of(std::type_identity<PoliciesConfiguration> /*type*/) {
    return shape::object<PoliciesConfiguration>(shape::member(
        "configurations",
        &PoliciesConfiguration::entries,
        "One for each schedule that names the agent; it follows the first"
    ));
}

/// The policies of the agent's project and of the groups above it. agentk asks every 30 seconds.
/// Errors: not_found when the project is gone; payment_required when the feature is off. agentk
/// takes both for "no policies", and would back off at other errors.
[[nodiscard]] Result<PoliciesConfiguration> policies_configuration(
    SecurityPolicyStore& policies,
    const auth::AgentCaller& agent,
    const settings::Features& features
);

}  // namespace innergate::handlers::kubernetes
