#include "handlers/kubernetes/agent_events.hpp"

#include "app/blank.hpp"
#include "app/json/writer.hpp"

namespace innergate::handlers::kubernetes {
namespace {

constexpr std::string_view kAnyUse = "agent_users_using_ci_tunnel";

void add_uses(
    std::string_view name,
    const std::vector<UseEvent>& uses,
    std::vector<domain::AgentEvent>& events
) {
    for (const UseEvent& use : uses) {
        if (!use.user_id || !use.project_id) {
            continue;
        }
        for (const std::string_view recorded : {name, kAnyUse}) {
            events.push_back(
                {.name = recorded,
                 .user_id = use.user_id->value,
                 .project_id = use.project_id->value,
                 .agent_id = std::nullopt}
            );
        }
    }
}

void write_unless_blank(
    json::Writer& writer, std::string_view name, const std::optional<std::string>& text
) {
    if (text && !is_blank(*text)) {
        writer.member(name, *text);
    }
}

/// Has the form of GitLab's events: three members with fixed names, then whatever else is known.
std::string properties_of(const RegistrationEvent& registration) {
    std::string properties;
    json::Writer writer{properties};
    writer.begin_object();
    writer.member("label", registration.agent_version);
    writer.member("property", registration.architecture);
    if (registration.agent_id) {
        writer.member("value", registration.agent_id->value);
    }
    write_unless_blank(writer, "kubernetes_version", registration.kubernetes_version);
    if (registration.extra_telemetry_data) {
        const ExtraTelemetry& extra = *registration.extra_telemetry_data;
        write_unless_blank(writer, "installation_method", extra.installation_method);
        write_unless_blank(writer, "helm_chart_version", extra.helm_chart_version);
    }
    writer.end_object();
    return properties;
}

void add_registrations(
    const std::vector<RegistrationEvent>& registrations, std::vector<domain::AgentEvent>& events
) {
    for (const RegistrationEvent& registration : registrations) {
        if (!registration.project_id) {
            continue;
        }
        domain::AgentEvent event{
            .name = kRegistration,
            .user_id = std::nullopt,
            .project_id = registration.project_id->value,
            .agent_id = std::nullopt,
            .properties = properties_of(registration)};
        if (registration.agent_id) {
            event.agent_id = registration.agent_id->value;
        }
        events.push_back(std::move(event));
    }
}

}  // namespace

routing::NoContent agent_events(
    const AgentEventsRequest& request, AgentUsageStore& usage, const Clock& clock
) {
    std::vector<domain::AgentEvent> events;
    if (request.events) {
        add_uses(kViaCiAccess, request.events->via_ci_access, events);
        add_uses(kViaUserAccess, request.events->via_user_access, events);
        add_uses(kViaPatAccess, request.events->via_pat_access, events);
        add_registrations(request.events->registrations, events);
    }
    usage.record(events, clock.now());
    return {};
}

}  // namespace innergate::handlers::kubernetes
