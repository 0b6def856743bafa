// New secrets as GitLab makes them.
#pragma once

#include <string>

namespace innergate::admin {

/// Twenty characters behind the prefix, as GitLab's tokens have.
[[nodiscard]] std::string new_token(const std::string& prefix);

/// At least fifty characters behind the prefix, as tokens of GitLab's agents have.
[[nodiscard]] std::string new_agent_token();

}  // namespace innergate::admin
