// Policies that bind a project with an agent: where they are kept, and what their scopes ask.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/clock.hpp"
#include "app/ids.hpp"
#include "handlers/domain/security_policy/scope.hpp"

namespace innergate::db {
class Session;
}

namespace innergate::handlers {

/// The file of a policy management project.
struct PolicyDocument {
    enum class Origin { project, group };

    long long configuration_id = 0;  ///< of the link to the management project
    Origin origin = Origin::project;
    std::string content;  ///< YAML
    Timestamp committed_at;
};

struct AgentPolicies {
    std::string agent_name;
    domain::ScopedProject project;
    /// Of the project and of all groups above it, by configuration.
    std::vector<PolicyDocument> documents;
};

class SecurityPolicyStore {
public:
    explicit SecurityPolicyStore(db::Session& session) : session_(session) {}

    /// Nothing: the agent or its project is gone, or the project is about to be deleted.
    [[nodiscard]] std::optional<AgentPolicies> find(AgentId agent_id);

private:
    db::Session& session_;
};

}  // namespace innergate::handlers
