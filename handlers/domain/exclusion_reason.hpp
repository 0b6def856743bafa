// Why a namespace has no storage limit, as a text that an administrator gave.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace innergate::handlers::domain {

/// What is wrong with the text, in the order told; nothing: it can be stored. `reason` is valid
/// UTF-8; its length counts in characters.
[[nodiscard]] std::vector<std::string> faults_of_reason(const std::optional<std::string>& reason);

}  // namespace innergate::handlers::domain
