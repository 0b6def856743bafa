#include "handlers/domain/security_policy/policy.hpp"

#include <algorithm>
#include <array>

#include "app/yaml/writer.hpp"

namespace innergate::handlers::domain {
namespace {

/// What of it is written in a scan_execution_policies answer, in that order.
constexpr std::array<std::string_view, 5> kShownMembers{
    "name", "description", "enabled", "actions", "rules"};

std::optional<std::string> text_of(const yaml::Value& parent, std::string_view name) {
    const yaml::Value* const found = parent.find(name);
    return found != nullptr && found->string() != nullptr ? std::optional{*found->string()}
                                                          : std::nullopt;
}

const yaml::Sequence& entries(const yaml::Value& parent, std::string_view name) {
    static const yaml::Sequence none;
    const yaml::Value* const found = parent.find(name);
    return found != nullptr && found->sequence() != nullptr ? *found->sequence() : none;
}

std::vector<ScheduleRule> read_schedules(const yaml::Value& policy) {
    std::vector<ScheduleRule> schedules;
    for (const yaml::Value& rule : entries(policy, "rules")) {
        if (text_of(rule, "type") != "schedule") {
            continue;
        }
        const yaml::Value* const agents = rule.find("agents");
        schedules.push_back({text_of(rule, "cadence"), agents == nullptr ? yaml::Value{} : *agents}
        );
    }
    return schedules;
}

std::vector<std::string> read_scans(const yaml::Value& policy) {
    std::vector<std::string> scans;
    for (const yaml::Value& action : entries(policy, "actions")) {
        if (auto scan = text_of(action, "scan")) {
            scans.push_back(std::move(*scan));
        }
    }
    return scans;
}

ScanExecutionPolicy read_policy(const yaml::Value& source) {
    const yaml::Value* const enabled = source.find("enabled");
    const yaml::Value* const scope = source.find("policy_scope");
    return {
        .name = text_of(source, "name").value_or(""),
        .description = text_of(source, "description"),
        .is_enabled = enabled != nullptr && enabled->boolean() == true,
        .scope = scope == nullptr ? PolicyScope{} : read_scope(*scope),
        .schedules = read_schedules(source),
        .scans = read_scans(source),
        .source = source,
    };
}

bool scans_clusters(const ScanExecutionPolicy& policy) {
    return std::ranges::any_of(policy.scans, [](const std::string& scan) {
        return scan == "container_scanning" || scan == "cluster_image_scanning";
    });
}

void add_namespace(const yaml::Value& value, std::vector<std::string>& namespaces) {
    if (value.scalar() != nullptr && !value.is_null()) {
        namespaces.push_back(value.scalar()->text);
    }
}

/// Of what a rule says of one agent.
std::vector<std::string> read_namespaces(const yaml::Value& agent) {
    std::vector<std::string> namespaces;
    const yaml::Value* const found = agent.find("namespaces");
    if (found == nullptr) {
        return namespaces;
    }
    if (found->sequence() == nullptr) {
        add_namespace(*found, namespaces);
        return namespaces;
    }
    for (const yaml::Value& name : *found->sequence()) {
        add_namespace(name, namespaces);
    }
    return namespaces;
}

}  // namespace

std::vector<ScanExecutionPolicy> read_policies(const yaml::Value& file) {
    std::vector<ScanExecutionPolicy> policies;
    for (const yaml::Value& entry : entries(file, kScanExecutionPolicy)) {
        if (entry.mapping() != nullptr) {
            policies.push_back(read_policy(entry));
        }
    }
    return policies;
}

std::vector<AgentScan> scans_of_agent(
    const ScanExecutionPolicy& policy, std::string_view agent_name
) {
    std::vector<AgentScan> scans;
    if (!policy.is_enabled || !scans_clusters(policy)) {
        return scans;
    }
    for (const ScheduleRule& schedule : policy.schedules) {
        if (const yaml::Value* const agent = schedule.agents.find(agent_name)) {
            scans.push_back({schedule.cadence, read_namespaces(*agent)});
        }
    }
    return scans;
}

std::string to_document(const ScanExecutionPolicy& policy) {
    yaml::Mapping shown;
    for (const std::string_view name : kShownMembers) {
        if (const yaml::Value* const value = policy.source.find(name)) {
            shown.push_back({{std::string{name}, false}, *value});
        }
    }
    return yaml::to_document(yaml::Value{std::move(shown)});
}

}  // namespace innergate::handlers::domain
