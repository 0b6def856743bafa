// POST /internal/kubernetes/agent_events: single things that happened with agents.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "app/clock.hpp"
#include "app/params/nested.hpp"
#include "app/routing/reply.hpp"
#include "handlers/stores/agents/agent_usage_store.hpp"

namespace innergate::handlers::kubernetes {

/// Somebody used an agent of a project.
struct UseEvent {
    std::optional<params::RubyInteger> user_id;
    std::optional<params::RubyInteger> project_id;
};

struct ExtraTelemetry {
    std::optional<std::string> installation_method;
    std::optional<std::string> helm_chart_version;
};

/// An agent connected to the agent server.
struct RegistrationEvent {
    std::optional<params::RubyInteger> project_id;
    std::optional<std::string> agent_version;
    std::optional<std::string> architecture;
    std::optional<params::RubyInteger> agent_id;
    std::optional<std::string> kubernetes_version;
    std::optional<ExtraTelemetry> extra_telemetry_data;
};

struct AgentEvents {
    std::vector<UseEvent> via_ci_access;
    std::vector<UseEvent> via_user_access;
    std::vector<UseEvent> via_pat_access;
    std::vector<RegistrationEvent> registrations;
};

struct AgentEventsRequest {
    std::optional<AgentEvents> events;
};

inline constexpr std::string_view kViaCiAccess =
    "k8s_api_proxy_requests_unique_users_via_ci_access";
inline constexpr std::string_view kViaUserAccess =
    "k8s_api_proxy_requests_unique_users_via_user_access";
inline constexpr std::string_view kViaPatAccess =
    "k8s_api_proxy_requests_unique_users_via_pat_access";
inline constexpr std::string_view kRegistration = "register_agent_at_kas";

inline constexpr auto kUseEventParams = params::schema<UseEvent>(
    params::optional("user_id", &UseEvent::user_id, "Id of the user"),
    params::optional("project_id", &UseEvent::project_id, "Id of the agent's project")
);

inline constexpr auto kExtraTelemetryParams = params::schema<ExtraTelemetry>(
    params::optional(
        "installation_method", &ExtraTelemetry::installation_method, "How it was installed"
    ),
    params::optional(
        "helm_chart_version", &ExtraTelemetry::helm_chart_version, "Version of the Helm chart"
    )
);

inline constexpr auto kRegistrationEventParams = params::schema<RegistrationEvent>(
    params::optional("project_id", &RegistrationEvent::project_id, "Id of the agent's project"),
    params::optional("agent_version", &RegistrationEvent::agent_version, "Version of agentk"),
    params::optional("architecture", &RegistrationEvent::architecture, "Its processor's"),
    params::optional("agent_id", &RegistrationEvent::agent_id, "Id of the agent"),
    params::optional(
        "kubernetes_version", &RegistrationEvent::kubernetes_version, "Version of the cluster"
    ),
    params::optional_hash(
        "extra_telemetry_data",
        &RegistrationEvent::extra_telemetry_data,
        kExtraTelemetryParams,
        "How it was installed"
    )
);

/// Of each kind. What kas could not deliver, it sends again together with what came meanwhile.
inline constexpr std::size_t kMaxEvents = 100'000;

inline constexpr auto kEventsParams = params::schema<AgentEvents>(
    params::at_most(
        kMaxEvents,
        params::optional_each(
            kViaCiAccess, &AgentEvents::via_ci_access, kUseEventParams, "Uses by CI jobs"
        )
    ),
    params::at_most(
        kMaxEvents,
        params::optional_each(
            kViaUserAccess, &AgentEvents::via_user_access, kUseEventParams, "Uses by browsers"
        )
    ),
    params::at_most(
        kMaxEvents,
        params::optional_each(
            kViaPatAccess,
            &AgentEvents::via_pat_access,
            kUseEventParams,
            "Uses with personal access tokens"
        )
    ),
    params::at_most(
        kMaxEvents,
        params::optional_each(
            kRegistration,
            &AgentEvents::registrations,
            kRegistrationEventParams,
            "Agents that connected"
        )
    )
);

inline constexpr auto kAgentEventsParams = params::schema<AgentEventsRequest>(params::optional_hash(
    "events", &AgentEventsRequest::events, kEventsParams, "What happened, by kind"
));

/// Events that name no known project are left out, as are uses that name no known user: kas cannot
/// know who was removed meanwhile. Every use is recorded a second time as a use through the CI
/// tunnel: by that name GitLab sums up all three.
[[nodiscard]] routing::NoContent agent_events(
    const AgentEventsRequest& request, AgentUsageStore& usage, const Clock& clock
);

}  // namespace innergate::handlers::kubernetes
