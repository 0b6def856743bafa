// Whether a policy file is what GitLab's schema asks for.
#pragma once

#include <optional>
#include <string>

#include "app/yaml/value.hpp"

namespace innergate::handlers::domain {

/// The first fault of the file, as a sentence for the log and for operators; nothing: it is valid.
///
/// Asked for: a mapping with at least one list of policies; of each scan execution policy a name
/// of 1 to 255 characters, `enabled` as a boolean, rules and actions; of each rule a type that
/// there is, of schedules a cadence, too; of each action a scan that there is. Of policies of
/// other kinds nothing is asked.
[[nodiscard]] std::optional<std::string> find_schema_fault(const yaml::Value& file);

}  // namespace innergate::handlers::domain
