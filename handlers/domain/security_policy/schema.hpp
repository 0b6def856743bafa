// Whether a policy file is what GitLab's schema asks for.
#pragma once

#include <optional>
#include <string>

#include "app/yaml/value.hpp"

namespace innergate::handlers::domain {

/// The first fault of the file, as a sentence for the log and for operators; nothing: it is valid.
///
/// The file must be a mapping with at least one list of policies. Each scan execution policy needs
/// a name of 1 to 255 characters, `enabled` as a boolean, rules and actions. Each rule needs a type
/// that there is, and a schedule a cadence, too. Each action needs a scan that there is. Policies
/// of other kinds are not checked.
[[nodiscard]] std::optional<std::string> find_schema_fault(const yaml::Value& file);

}  // namespace innergate::handlers::domain
