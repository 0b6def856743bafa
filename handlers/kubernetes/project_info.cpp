#include "handlers/kubernetes/project_info.hpp"

#include <algorithm>
#include <utility>

#include "app/settings/settings.hpp"
#include "app/written_id.hpp"

namespace innergate::handlers::kubernetes {
namespace {

constexpr std::string_view kUnknownDefaultBranch = "main";

}  // namespace

std::string feature_name(std::string_view flag) {
    constexpr std::string_view kFlagPrefix = "gitaly_";
    std::string name = "gitaly-feature-";
    name += flag.substr(kFlagPrefix.size());
    std::ranges::replace(name, '_', '-');
    return name;
}

std::string ServedProject::gl_repository() const {
    return "project-" + std::to_string(project.facts.id.value);
}

std::string_view ServedProject::default_branch() const {
    return project.default_branch.empty() ? kUnknownDefaultBranch
                                          : std::string_view{project.default_branch};
}

std::optional<AgentProject> find_project(
    const std::optional<std::string>& id, AgentProjectStore& projects
) {
    if (!id) {
        return std::nullopt;
    }
    if (const auto number = parse_written_id<ProjectId>(*id)) {
        return projects.find(*number);
    }
    return id->find('/') == std::string::npos ? std::nullopt : projects.find_by_path(*id);
}

Result<AgentProject> visible_project(
    const ProjectInfoRequest& request, AgentProjectStore& projects, const auth::AgentCaller& agent
) {
    auto project = find_project(request.id, projects);
    if (!project || !domain::may_agent_see(project->facts, agent.project_id)) {
        return failure(
            ErrorCode::not_found,
            "404 Not Found",
            project ? "project is not for this agent" : "no such project"
        );
    }
    return std::move(*project);
}

ServedProject served(
    AgentProject project, const settings::Storages& storages, const auth::GitalyTokens& tokens
) {
    ServedProject served{.project = std::move(project), .gitaly_address = {}, .gitaly_token = {}};
    const std::string& storage = served.project.storage;
    if (const auto found = storages.find(storage); found != storages.end()) {
        served.gitaly_address = found->second.gitaly_address;
    }
    if (const auto found = tokens.find(storage); found != tokens.end()) {
        served.gitaly_token = found->second.reveal();
    }
    return served;
}

Result<ServedProject> project_info(
    const ProjectInfoRequest& request,
    AgentProjectStore& projects,
    const auth::AgentCaller& agent,
    const settings::Settings& settings,
    const auth::GitalyTokens& gitaly_tokens
) {
    auto project = visible_project(request, projects, agent);
    if (!project) {
        return tl::unexpected(std::move(project.error()));
    }
    return served(std::move(*project), settings.storages, gitaly_tokens);
}

}  // namespace innergate::handlers::kubernetes
