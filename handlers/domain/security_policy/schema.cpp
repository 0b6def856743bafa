#include "handlers/domain/security_policy/schema.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include <fmt/format.h>

#include "app/characters.hpp"
#include "handlers/domain/security_policy/policy.hpp"

namespace innergate::handlers::domain {
namespace {

using Fault = std::optional<std::string>;

constexpr std::array<std::string_view, 2> kRuleTypes{"pipeline", "schedule"};
constexpr std::array<std::string_view, 7> kScans{
    "dast",
    "secret_detection",
    "container_scanning",
    "cluster_image_scanning",
    "sast",
    "sast_iac",
    "dependency_scanning"};
constexpr std::size_t kLongestName = 255;

/// The text of that name; null where there is none.
const std::string* text_of(const yaml::Value& parent, std::string_view name) {
    const yaml::Value* const found = parent.find(name);
    return found == nullptr ? nullptr : found->string();
}

template <std::size_t Size>
bool is_one_of(const std::string* text, const std::array<std::string_view, Size>& known) {
    return text != nullptr && std::ranges::find(known, *text) != known.end();
}

Fault fault_of_rule(const yaml::Value& rule) {
    const std::string* const type = text_of(rule, "type");
    if (!is_one_of(type, kRuleTypes)) {
        return "its type is neither pipeline nor schedule";
    }
    if (*type == "schedule" && text_of(rule, "cadence") == nullptr) {
        return "it has no cadence";
    }
    return std::nullopt;
}

Fault fault_of_action(const yaml::Value& action) {
    return is_one_of(text_of(action, "scan"), kScans) ? Fault{} : Fault{"its scan is unknown"};
}

/// The first fault in a list that must be there. `what` is one of its entries.
Fault fault_of_list(
    const yaml::Value& policy,
    std::string_view name,
    std::string_view what,
    Fault (*fault_of)(const yaml::Value& entry)
) {
    const yaml::Value* const list = policy.find(name);
    if (list == nullptr || list->sequence() == nullptr) {
        return fmt::format("{} is no list", name);
    }
    std::size_t number = 0;
    for (const yaml::Value& entry : *list->sequence()) {
        ++number;
        if (const Fault fault = fault_of(entry)) {
            return fmt::format("{} {}: {}", what, number, *fault);
        }
    }
    return std::nullopt;
}

Fault fault_of_policy(const yaml::Value& policy) {
    const std::string* const name = text_of(policy, "name");
    const std::size_t length = name == nullptr ? 0 : count_characters(*name);
    if (length == 0 || length > kLongestName) {
        return fmt::format("name is no text of 1 to {} characters", kLongestName);
    }
    const yaml::Value* const enabled = policy.find("enabled");
    if (enabled == nullptr || !enabled->boolean()) {
        return "enabled is neither true nor false";
    }
    if (Fault fault = fault_of_list(policy, "rules", "rule", fault_of_rule)) {
        return fault;
    }
    return fault_of_list(policy, "actions", "action", fault_of_action);
}

bool is_list_of_policies(const yaml::Member& member) {
    return member.key.text.ends_with("_policy") && member.value.sequence() != nullptr;
}

}  // namespace

std::optional<std::string> find_schema_fault(const yaml::Value& file) {
    if (file.mapping() == nullptr) {
        return "the file is no mapping";
    }
    if (std::ranges::none_of(*file.mapping(), is_list_of_policies)) {
        return "the file has no list of policies";
    }
    if (file.find(kScanExecutionPolicy) == nullptr) {
        return std::nullopt;
    }
    return fault_of_list(file, kScanExecutionPolicy, "policy", fault_of_policy);
}

}  // namespace innergate::handlers::domain
