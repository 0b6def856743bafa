// GET /internal/kubernetes/project_info: where is this project's repository served?
#pragma once

#include <optional>
#include <string>

#include "app/auth/caller.hpp"
#include "app/auth/gitaly_tokens.hpp"
#include "app/error.hpp"
#include "app/json/writer.hpp"
#include "app/params/schema.hpp"
#include "app/settings/settings.hpp"
#include "handlers/stores/agent_project_store.hpp"

namespace innergate::handlers::kubernetes {

struct ProjectInfoRequest {
    std::optional<std::string> id;
};

inline constexpr auto kProjectInfoParams = params::schema<ProjectInfoRequest>(
    params::optional("id", &ProjectInfoRequest::id, "Id or full path of the project")
);

/// By number or full path. Nothing for any other text, too.
[[nodiscard]] std::optional<AgentProject> find_project(
    const std::optional<std::string>& id, AgentProjectStore& projects
);

/// Errors: not_found, also for a project that the agent must not learn of, and for no id.
[[nodiscard]] Result<AgentProject> visible_project(
    const ProjectInfoRequest& request, AgentProjectStore& projects, const auth::AgentCaller& agent
);

/// What kas needs to read a repository from Gitaly.
struct ServedProject {
    AgentProject project;
    std::string gitaly_address;
    std::optional<std::string> gitaly_token;
};

[[nodiscard]] ServedProject served(
    AgentProject project, const settings::Storages& storages, const auth::GitalyTokens& tokens
);

/// The agent's own project, and those whose code anybody may read. Errors: as visible_project().
[[nodiscard]] Result<ServedProject> project_info(
    const ProjectInfoRequest& request,
    AgentProjectStore& projects,
    const auth::AgentCaller& agent,
    const settings::Settings& settings,
    const auth::GitalyTokens& gitaly_tokens
);

/// `gitaly_info`, `gitaly_repository` and `default_branch`, within an object. `features` is an
/// object even when empty, and texts are never null, but the token: kas drops such answers.
void write_members(json::Writer& writer, const ServedProject& served);

void write_json(json::Writer& writer, const ServedProject& served);

}  // namespace innergate::handlers::kubernetes
