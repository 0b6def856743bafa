// As whom a person reaches a cluster through the agent server.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

#include "handlers/domain/git_access/facts.hpp"

namespace innergate::handlers::domain {

/// `access_as` of the agent's configuration.
enum class AccessAs {
    agent,  ///< what the agent itself may
    user,   ///< the person, with the roles in the authorized projects and groups
};

/// `user_access` is what is stored with each grant; it is empty where there is no grant. Errors:
/// why the person has no access, in GitLab's words.
[[nodiscard]] tl::expected<AccessAs, std::string> access_as(
    const std::optional<std::string>& user_access
);

/// The refusal for a person whom no grant names, or who is not at least a developer there.
inline constexpr std::string_view kNoMember =
    "You must be a member of `projects` or `groups` under the `user_access` keyword.";

/// All roles up to this one, by name, lowest first: what a cluster's role bindings name.
[[nodiscard]] std::vector<std::string_view> roles_up_to(git_access::Role role);

}  // namespace innergate::handlers::domain
