// Scan execution policies, as the file of a policy management project has them.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/yaml/value.hpp"
#include "handlers/domain/security_policy/scope.hpp"

namespace innergate::handlers::domain {

/// The member of the file that lists these policies.
inline constexpr std::string_view kScanExecutionPolicy = "scan_execution_policy";

/// One rule of type `schedule`.
struct ScheduleRule {
    std::optional<std::string> cadence;  ///< in cron's form; nothing: it is no text
    yaml::Value agents;                  ///< what each agent scans, by its name; null: none
};

struct ScanExecutionPolicy {
    std::string name;
    std::optional<std::string> description;
    bool is_enabled = false;
    PolicyScope scope;
    std::vector<ScheduleRule> schedules;
    std::vector<std::string> scans;  ///< of its actions
    yaml::Value source;              ///< all of it, as it was written
};

/// Reads what the file holds of policies. What has another form is ignored.
[[nodiscard]] std::vector<ScanExecutionPolicy> read_policies(const yaml::Value& file);

/// One order to an agent: when to scan which of its namespaces.
struct AgentScan {
    std::optional<std::string> cadence;
    std::vector<std::string> namespaces;  ///< empty: all

    friend bool operator==(const AgentScan&, const AgentScan&) = default;
};

/// One for each schedule that names the agent, if the policy is on and scans what runs in clusters.
/// Whether its scope admits the agent's project is not checked here.
///
/// Namespaces are the texts of a list, or one text that stands alone. They are taken as written, so
/// that a namespace `123` or `on` needs no quotes.
[[nodiscard]] std::vector<AgentScan> scans_of_agent(
    const ScanExecutionPolicy& policy, std::string_view agent_name
);

/// The policy alone as a YAML document, with its name, description, enabled, actions and rules in
/// that order, as far as it has them.
[[nodiscard]] std::string to_document(const ScanExecutionPolicy& policy);

}  // namespace innergate::handlers::domain
