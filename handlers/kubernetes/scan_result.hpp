// POST /internal/kubernetes/modules/starboard_vulnerability/scan_result: all that a scan found.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/auth/caller.hpp"
#include "app/clock.hpp"
#include "app/error.hpp"
#include "app/json/shape.hpp"
#include "app/params/schema.hpp"
#include "app/settings/features.hpp"
#include "handlers/stores/agents/agent_store.hpp"
#include "handlers/stores/agents/vulnerability_store.hpp"
#include "handlers/stores/git/project_store.hpp"

namespace innergate::handlers::kubernetes {

struct ScanResultRequest {
    std::optional<std::vector<std::string>> uuids;
};

inline constexpr auto kScanResultParams = params::schema<ScanResultRequest>(params::at_most(
    100'000,
    params::present(
        "uuids", &ScanResultRequest::uuids, "UUIDs of the findings; those of no finding are ignored"
    )
));

/// GitLab answers with the bare number of its status.
struct ScanResultTaken {};

constexpr auto shape_of(std::type_identity<ScanResultTaken> /*type*/) {
    return shape::as<ScanResultTaken>([](const ScanResultTaken& /*taken*/) { return 200; });
}

/// All other findings of the agent count as resolved; without a UUID, all of them do. Errors: as
/// vulnerability_reporter().
[[nodiscard]] Result<ScanResultTaken> scan_result(
    const ScanResultRequest& request,
    AgentStore& agents,
    ProjectStore& projects,
    VulnerabilityStore& vulnerabilities,
    const auth::AgentCaller& agent,
    const settings::Features& features,
    const Clock& clock
);

}  // namespace innergate::handlers::kubernetes
