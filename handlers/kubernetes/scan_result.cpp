#include "handlers/kubernetes/scan_result.hpp"

#include "handlers/kubernetes/vulnerability_reporter.hpp"

namespace innergate::handlers::kubernetes {

Result<ScanResultTaken> scan_result(
    const ScanResultRequest& request,
    AgentStore& agents,
    ProjectStore& projects,
    VulnerabilityStore& vulnerabilities,
    const auth::AgentCaller& agent,
    const settings::Features& features,
    const Clock& clock
) {
    const auto reporter = vulnerability_reporter(agent, agents, projects, features, clock.today());
    if (!reporter) {
        return tl::unexpected(reporter.error());
    }
    vulnerabilities.resolve_all_but(
        request.uuids.value_or(std::vector<std::string>{}), agent.project_id, agent.id, clock.now()
    );
    return ScanResultTaken{};
}

}  // namespace innergate::handlers::kubernetes
