// A policy file that cannot be read gives the agent no policies, and the log says why.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "app/yaml/value.hpp"
#include "handlers/stores/agents/security_policy_store.hpp"

namespace innergate::handlers::kubernetes {

/// Adds what is wrong with a document to a reply's log detail.
void add_fault(const PolicyDocument& document, std::string_view fault, std::string& log_detail);

/// Nothing: the text is no YAML or exceeds a limit, and the log detail says so.
[[nodiscard]] std::optional<yaml::Value> read_file(
    const PolicyDocument& document, std::string& log_detail
);

}  // namespace innergate::handlers::kubernetes
