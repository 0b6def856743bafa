#include "handlers/kubernetes/project_info.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

namespace innergate::handlers::kubernetes {
namespace {

constexpr std::string_view kUnknownDefaultBranch = "main";

/// Nothing: it has another form. An id that is out of range is none that exists.
std::optional<ProjectId> as_id(std::string_view text) {
    const std::string_view digits = text.starts_with('-') ? text.substr(1) : text;
    const bool is_number = !digits.empty() && std::ranges::all_of(digits, [](char character) {
        return character >= '0' && character <= '9';
    });
    if (!is_number) {
        return std::nullopt;
    }
    ProjectId id;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), id.value);
    return read.ec == std::errc{} ? id : ProjectId::none();
}

/// `gitaly_go_user_access` is told as `gitaly-feature-go-user-access`.
std::string feature_name(std::string_view flag) {
    constexpr std::string_view kFlagPrefix = "gitaly_";
    std::string name = "gitaly-feature-";
    name += flag.substr(kFlagPrefix.size());
    std::ranges::replace(name, '_', '-');
    return name;
}

}  // namespace

std::optional<AgentProject> find_project(
    const std::optional<std::string>& id, AgentProjectStore& projects
) {
    if (!id) {
        return std::nullopt;
    }
    if (const auto number = as_id(*id)) {
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

void write_members(json::Writer& writer, const ServedProject& served) {
    const AgentProject& project = served.project;
    writer.key("gitaly_info");
    writer.begin_object();
    writer.member("address", served.gitaly_address);
    writer.member("token", served.gitaly_token);
    writer.key("features");
    writer.begin_object();
    for (const auto& [flag, is_enabled] : project.gitaly_flags) {
        writer.member(feature_name(flag), is_enabled ? "true" : "false");
    }
    writer.end_object();
    writer.end_object();
    writer.key("gitaly_repository");
    writer.begin_object();
    writer.member("storage_name", project.storage);
    writer.member("relative_path", project.disk_path + ".git");
    writer.member("git_object_directory", "");
    writer.key("git_alternate_object_directories");
    writer.begin_array();
    writer.end_array();
    writer.member("gl_repository", "project-" + std::to_string(project.facts.id.value));
    writer.member("gl_project_path", project.full_path);
    writer.end_object();
    writer.member(
        "default_branch",
        project.default_branch.empty() ? kUnknownDefaultBranch
                                       : std::string_view{project.default_branch}
    );
}

void write_json(json::Writer& writer, const ServedProject& served) {
    writer.begin_object();
    writer.member("project_id", served.project.facts.id.value);
    write_members(writer, served);
    writer.end_object();
}

}  // namespace innergate::handlers::kubernetes
