#include "handlers/kubernetes/usage_metrics.hpp"

#include <string_view>

#include <fmt/format.h>

namespace innergate::handlers::kubernetes {
namespace {

domain::UsageReport report_of(const UsageMetricsRequest& request) {
    domain::UsageReport report;
    for (const auto& [name, by] : request.counters) {
        report.increments.push_back({.name = name, .by = by.value});
    }
    for (const auto& [name, ids] : request.unique_counters) {
        const bool are_users = name.find("_unique_users_") != std::string_view::npos;
        for (const params::RubyInteger id : ids) {
            report.sightings.push_back({.event = name, .id = id.value, .is_user = are_users});
        }
    }
    return report;
}

}  // namespace

Result<routing::NoContent> usage_metrics(
    const UsageMetricsRequest& request, AgentUsageStore& usage, const Clock& clock
) {
    const domain::UsageReport report = report_of(request);
    if (const auto negative = domain::first_negative(report.increments)) {
        return failure(
            ErrorCode::bad_request,
            fmt::format(
                "400 Bad request - {} count must be greater than or equal to zero", *negative
            )
        );
    }
    usage.add(report, clock.now());
    return routing::NoContent{};
}

}  // namespace innergate::handlers::kubernetes
