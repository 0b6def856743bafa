// POST /internal/kubernetes/usage_metrics: how much agents were used, and by how many.
#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include "app/clock.hpp"
#include "app/error.hpp"
#include "app/params/named_members.hpp"
#include "app/routing/reply.hpp"
#include "handlers/stores/agents/agent_usage_store.hpp"

namespace innergate::handlers::kubernetes {

struct UsageMetricsRequest {
    std::vector<params::Named<params::RubyInteger>> counters;
    std::vector<params::Named<std::vector<params::RubyInteger>>> unique_counters;
};

/// Negative ones are looked for in this order.
inline constexpr std::array kCounters{
    params::integer("gitops_sync", "Synchronizations with manifests, by agents before 16.2"),
    params::integer("k8s_api_proxy_request", "Requests to clusters"),
    params::integer("flux_git_push_notifications_total", "Pushes that Flux was told of"),
    params::integer("k8s_api_proxy_requests_via_ci_access", "Requests of CI jobs"),
    params::integer("k8s_api_proxy_requests_via_user_access", "Requests of people's browsers"),
    params::integer(
        "k8s_api_proxy_requests_via_pat_access", "Requests with personal access tokens"
    ),
};

/// What kas could not deliver, it sends again together with what came meanwhile.
inline constexpr std::size_t kMaxIds = 100'000;

inline constexpr std::array kUniqueCounters{
    params::integers("k8s_api_proxy_requests_unique_users_via_ci_access", kMaxIds, "Ids of users"),
    params::integers(
        "k8s_api_proxy_requests_unique_agents_via_ci_access", kMaxIds, "Ids of agents"
    ),
    params::integers(
        "k8s_api_proxy_requests_unique_users_via_user_access", kMaxIds, "Ids of users"
    ),
    params::integers(
        "k8s_api_proxy_requests_unique_agents_via_user_access", kMaxIds, "Ids of agents"
    ),
    params::integers("k8s_api_proxy_requests_unique_users_via_pat_access", kMaxIds, "Ids of users"),
    params::integers(
        "k8s_api_proxy_requests_unique_agents_via_pat_access", kMaxIds, "Ids of agents"
    ),
    params::integers("flux_git_push_notified_unique_projects", kMaxIds, "Ids of projects"),
};

inline constexpr auto kUsageMetricsParams = params::schema<UsageMetricsRequest>(
    params::named_members(
        "counters", &UsageMetricsRequest::counters, kCounters, "What is added to the totals"
    ),
    params::named_members(
        "unique_counters",
        &UsageMetricsRequest::unique_counters,
        kUniqueCounters,
        "Who and what was seen; ids of users that do not exist are left out"
    )
);

/// kas adds up between two reports, and sends again what was not taken. So either all of a report
/// counts, or nothing. Errors: bad_request for a negative counter.
[[nodiscard]] Result<routing::NoContent> usage_metrics(
    const UsageMetricsRequest& request, AgentUsageStore& usage, const Clock& clock
);

}  // namespace innergate::handlers::kubernetes
