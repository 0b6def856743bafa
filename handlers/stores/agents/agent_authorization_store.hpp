// Who may use an agent besides its own project, as its configuration file says.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/clock.hpp"
#include "app/ids.hpp"
#include "handlers/domain/agent_grants.hpp"
#include "handlers/domain/git_access/facts.hpp"
#include "handlers/stores/billing/namespace_store.hpp"
#include "handlers/stores/git/project_store.hpp"

namespace innergate::db {
class Session;
}

namespace innergate::handlers {

/// A project or group in which a person is a developer at least.
struct RoleIn {
    long long id = 0;
    domain::git_access::Role role = domain::git_access::Role::none;
};

/// What an agent's configuration grants to a person.
struct UserAccess {
    /// The JSON object that all grants hold. Nothing: there is no grant to users.
    std::optional<std::string> config;
    std::vector<RoleIn> projects;
    std::vector<RoleIn> groups;
};

class AgentAuthorizationStore {
public:
    explicit AgentAuthorizationStore(db::Session& session)
        : session_(session), projects_(session), namespaces_(session) {}

    /// Makes the four lists what the configuration says, all at once. What is outside of the root
    /// namespace of the agent's project is left out. False: no such agent.
    bool replace(AgentId agent_id, const domain::AgentGrants& configuration);

    /// The grants to users that name the person. Takes a look-up for each project and group.
    [[nodiscard]] UserAccess find_user_access(AgentId agent_id, UserId user_id, Date today);

private:
    db::Session& session_;
    ProjectStore projects_;
    NamespaceStore namespaces_;
};

}  // namespace innergate::handlers
