// Projects as the Kubernetes agent server sees them: where their repositories are served.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "app/ids.hpp"
#include "handlers/domain/agent_project.hpp"

namespace innergate::db {
class Session;
}

namespace innergate::handlers {

struct AgentProject {
    domain::AgentProject facts;
    std::string full_path;
    std::string storage;
    std::string disk_path;       ///< without .git
    std::string default_branch;  ///< empty: none is known
    /// The flags to send to Gitaly, by name (`gitaly_…`).
    std::map<std::string, bool> gitaly_flags;
};

struct AgentConfiguration {
    std::string agent_name;
    AgentProject project;
};

class AgentProjectStore {
public:
    explicit AgentProjectStore(db::Session& session) : session_(session) {}

    /// The configuration of the agent and its project. Nothing: the agent is gone.
    [[nodiscard]] std::optional<AgentConfiguration> find_configuration(AgentId agent_id);

    /// Does not find a project that is about to be deleted.
    [[nodiscard]] std::optional<AgentProject> find(ProjectId project_id);
    /// By full path, without regard to case, or by a path that the project had before.
    [[nodiscard]] std::optional<AgentProject> find_by_path(const std::string& full_path);

private:
    [[nodiscard]] std::optional<AgentProject> fetch(
        std::optional<long long> project_id, const std::optional<std::string>& path
    );

    db::Session& session_;
};

}  // namespace innergate::handlers
