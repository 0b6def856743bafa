// GET /internal/kubernetes/project_info: where is this project's repository served?
#pragma once

#include <optional>
#include <ranges>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "app/auth/caller.hpp"
#include "app/auth/gitaly_tokens.hpp"
#include "app/error.hpp"
#include "app/json/shape.hpp"
#include "app/params/schema.hpp"
#include "app/settings/storages.hpp"
#include "handlers/stores/agents/agent_project_store.hpp"

namespace innergate::settings {
struct Settings;
}

namespace innergate::handlers::kubernetes {

struct ProjectInfoRequest {
    std::optional<std::string> id;
};

inline constexpr auto kProjectInfoParams = params::schema<ProjectInfoRequest>(
    params::optional("id", &ProjectInfoRequest::id, "Id or full path of the project")
);

/// By number or full path. Any other text finds nothing.
[[nodiscard]] std::optional<AgentProject> find_project(
    const std::optional<std::string>& id, AgentProjectStore& projects
);

/// Errors: not_found, also for a project that the agent must not learn of, and without an id.
[[nodiscard]] Result<AgentProject> visible_project(
    const ProjectInfoRequest& request, AgentProjectStore& projects, const auth::AgentCaller& agent
);

/// What kas needs to read a repository from Gitaly.
struct ServedProject {
    AgentProject project;
    std::string gitaly_address;
    std::optional<std::string> gitaly_token;

    [[nodiscard]] ProjectId id() const { return project.facts.id; }
    [[nodiscard]] std::string gl_repository() const;
    [[nodiscard]] std::string_view default_branch() const;
};

/// `gitaly_go_user_access` as `gitaly-feature-go-user-access`.
[[nodiscard]] std::string feature_name(std::string_view flag);

namespace detail {

/// Members of the object for any served project. `features` is an object even when empty, and no
/// text but the token is ever null: kas drops answers that differ.
constexpr auto gitaly_info() {
    return shape::nested(
        "gitaly_info",
        "Where and how to call Gitaly",
        shape::member("address", &ServedProject::gitaly_address, "`unix:`, `tcp://` or `tls://`"),
        shape::member(
            "token", &ServedProject::gitaly_token, "What Gitaly asks of its clients; null: nothing"
        ),
        shape::member(
            "features",
            [](const ServedProject& served) {
                return shape::Dictionary{
                    std::views::transform(served.project.gitaly_flags, [](const auto& flag) {
                        return std::pair{
                            feature_name(flag.first),
                            std::string_view{flag.second ? "true" : "false"}};
                    })};
            },
            "Feature flags for Gitaly, such as `gitaly-feature-x-y`, each the text `true` or "
            "`false`"
        )
    );
}

constexpr auto gitaly_repository() {
    return shape::nested(
        "gitaly_repository",
        "The repository as Gitaly's protocol names it",
        shape::member(
            "storage_name",
            [](const ServedProject& served) -> const auto& { return served.project.storage; },
            "The storage"
        ),
        shape::member(
            "relative_path",
            [](const ServedProject& served) { return served.project.disk_path + ".git"; },
            "The path in the storage"
        ),
        shape::constant("git_object_directory", "", "There is no quarantine"),
        shape::member(
            "git_alternate_object_directories",
            [](const ServedProject& /*served*/) { return std::span<const std::string>{}; },
            "Always empty: there is no quarantine"
        ),
        shape::member("gl_repository", &ServedProject::gl_repository, "Such as `project-7`"),
        shape::member(
            "gl_project_path",
            [](const ServedProject& served) -> const auto& { return served.project.full_path; },
            "The path of the project"
        )
    );
}

constexpr auto default_branch() {
    return shape::member(
        "default_branch",
        &ServedProject::default_branch,
        "The default branch; `main` where none is known"
    );
}

}  // namespace detail

constexpr auto shape_of(std::type_identity<ServedProject> /*type*/) {
    return shape::object<ServedProject>(
        shape::member("project_id", &ServedProject::id, "The project's id"),
        detail::gitaly_info(),
        detail::gitaly_repository(),
        detail::default_branch()
    );
}

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

}  // namespace innergate::handlers::kubernetes
