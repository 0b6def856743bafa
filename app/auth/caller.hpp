// Who a request comes from, as its policy found out.
#pragma once

#include <optional>
#include <string>
#include <variant>

#include "app/ids.hpp"

namespace innergate::auth {

/// Nobody was asked for a credential: the route is open on purpose.
struct Anonymous {};

/// gitlab-shell, gitlab-sshd or Gitaly, by the shared secret.
struct ShellCaller {};

/// A person or machine with a personal access token.
struct UserCaller {
    UserId id;
    bool is_admin = false;
};

/// The Kubernetes agent server, by its shared secret.
struct KasCaller {};

/// The agent server, for one of its agents.
struct AgentCaller {
    AgentId id;
    ProjectId project_id;  ///< in which the agent is configured
};

/// The error tracking service, by its access token or the shell's secret.
struct ErrorTrackingCaller {};

/// An identity provider, by a SCIM token of one group or of the instance.
struct ScimCaller {
    ScimTokenId token_id;
    std::optional<NamespaceId> group_id;  ///< nothing: the instance
    std::string group_path;               ///< as the group writes it; empty: the instance
};

using Caller = std::variant<
    Anonymous,
    ShellCaller,
    UserCaller,
    KasCaller,
    AgentCaller,
    ErrorTrackingCaller,
    ScimCaller>;

/// `shell`, `user-7`, `agent-5`: the log's word for the caller.
[[nodiscard]] std::string log_name(const Caller& caller);

}  // namespace innergate::auth
