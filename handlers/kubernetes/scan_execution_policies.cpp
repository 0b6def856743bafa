#include "handlers/kubernetes/scan_execution_policies.hpp"

#include <utility>

#include "handlers/domain/security_policy/schema.hpp"
#include "handlers/kubernetes/policy_file.hpp"

namespace innergate::handlers::kubernetes {
namespace {

void add_entries(
    const PolicyDocument& document,
    const domain::ScopedProject& project,
    ScanExecutionPolicies& reply
) {
    const auto file = read_file(document, reply.log_detail);
    if (!file) {
        return;
    }
    if (const auto fault = domain::find_schema_fault(*file)) {
        add_fault(document, *fault, reply.log_detail);
        return;
    }
    for (domain::ScanExecutionPolicy& policy : domain::read_policies(*file)) {
        if (admits(policy.scope, project)) {
            reply.entries.push_back({std::move(policy), document.committed_at});
        }
    }
}

}  // namespace

Result<ScanExecutionPolicies> scan_execution_policies(
    SecurityPolicyStore& policies,
    const auth::AgentCaller& agent,
    const settings::Features& features
) {
    const auto found = policies.find(agent.id);
    if (!found) {
        return failure(ErrorCode::not_found, "404 Not Found", "the agent's project is gone");
    }
    if (!features.security_orchestration_policies) {
        return failure(ErrorCode::not_found, "404 Not Found", "security_orchestration_policies");
    }
    ScanExecutionPolicies reply;
    for (const PolicyDocument& document : found->documents) {
        if (document.origin == PolicyDocument::Origin::project) {
            add_entries(document, found->project, reply);
        }
    }
    return reply;
}

}  // namespace innergate::handlers::kubernetes
