#include "handlers/kubernetes/policies_configuration.hpp"

#include <utility>

#include "handlers/kubernetes/policy_file.hpp"

namespace innergate::handlers::kubernetes {
namespace {

void add_entries(
    const PolicyDocument& document, const AgentPolicies& found, PoliciesConfiguration& reply
) {
    const auto file = read_file(document, reply.log_detail);
    if (!file) {
        return;
    }
    for (const domain::ScanExecutionPolicy& policy : domain::read_policies(*file)) {
        if (!admits(policy.scope, found.project)) {
            continue;
        }
        for (domain::AgentScan& scan : scans_of_agent(policy, found.agent_name)) {
            reply.entries.push_back({std::move(scan), document.committed_at});
        }
    }
}

}  // namespace

Result<PoliciesConfiguration> policies_configuration(
    SecurityPolicyStore& policies,
    const auth::AgentCaller& agent,
    const settings::Features& features
) {
    const auto found = policies.find(agent.id);
    if (!found) {
        return failure(ErrorCode::not_found, "404 Not Found", "the agent's project is gone");
    }
    if (!features.security_orchestration_policies) {
        return failure(
            ErrorCode::payment_required, "Payment Required", "security_orchestration_policies"
        );
    }
    PoliciesConfiguration reply;
    for (const PolicyDocument& document : found->documents) {
        add_entries(document, *found, reply);
    }
    return reply;
}

}  // namespace innergate::handlers::kubernetes
