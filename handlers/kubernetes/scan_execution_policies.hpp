// GET /internal/kubernetes/modules/starboard_vulnerability/scan_execution_policies: the policies
// of the agent's project. Agents up to 15 asked for these and looked for their orders themselves.
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

struct ScanExecutionPolicies {
    struct Entry {
        domain::ScanExecutionPolicy policy;
        Timestamp updated_at;
    };

    std::vector<Entry> entries;
    std::string log_detail;  ///< why the document counts for nothing
};

constexpr auto shape_of(std::type_identity<ScanExecutionPolicies::Entry> /*type*/) {
    using Entry = ScanExecutionPolicies::Entry;
    return shape::object<Entry>(
        shape::member(
            "name",
            [](const Entry& entry) -> const auto& { return entry.policy.name; },
            "The policy's name"
        ),
        shape::member(
            "description",
            [](const Entry& entry) -> const auto& { return entry.policy.description; },
            "What it is for; null: it does not say"
        ),
        shape::member(
            "enabled",
            [](const Entry& entry) { return entry.policy.is_enabled; },
            "Whether it is on"
        ),
        shape::member(
            "yaml",
            [](const Entry& entry) { return to_document(entry.policy); },
            "The policy as a YAML document with its name, description, enabled, actions and rules"
        ),
        shape::member(
            "updated_at",
            [](const Entry& entry) { return to_rfc3339(entry.updated_at); },
            shape::Doc{"When the policy's file was committed", "date-time"}
        )
    );
}

constexpr auto shape_of(std::type_identity<ScanExecutionPolicies> /*type*/) {
    return shape::object<ScanExecutionPolicies>(shape::member(
        "policies",
        &ScanExecutionPolicies::entries,
        "Of the project's own file, those that are off too"
    ));
}

/// The policies of the project alone, including those that are off. A file that is not valid by
/// GitLab's schema has none. Errors: not_found when the project is gone, and when the feature is
/// off.
[[nodiscard]] Result<ScanExecutionPolicies> scan_execution_policies(
    SecurityPolicyStore& policies,
    const auth::AgentCaller& agent,
    const settings::Features& features
);

}  // namespace innergate::handlers::kubernetes
