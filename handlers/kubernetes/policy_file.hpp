// Policy files that cannot be read: no policies for the agent, a word for the log.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "app/yaml/value.hpp"
#include "handlers/stores/agents/security_policy_store.hpp"

namespace innergate::handlers::kubernetes {

/// Adds what is wrong with a document to a reply's log detail.
void add_fault(const PolicyDocument& document, std::string_view fault, std::string& log_detail);

/// Nothing: it is no YAML or over a limit, as the log detail then says.
[[nodiscard]] std::optional<yaml::Value> read_file(
    const PolicyDocument& document, std::string& log_detail
);

}  // namespace innergate::handlers::kubernetes
