#include "handlers/stores/agents/agent_project_store.hpp"

#include <algorithm>

#include "app/db/session.hpp"
#include "app/json/reader.hpp"
#include "handlers/domain/git_access/gl_repository.hpp"
#include "handlers/stores/project_path.hpp"

namespace innergate::handlers {
namespace {

constexpr auto kProject = db::columns<AgentProject>(
    db::column("projects.id", &AgentProject::facts, &domain::AgentProject::id),
    db::column("routes.path", &AgentProject::full_path),
    db::column("projects.repository_storage", &AgentProject::storage),
    db::column("coalesce(projects.disk_path, '')", &AgentProject::disk_path),
    db::column("coalesce(projects.default_branch, '')", &AgentProject::default_branch)
);

/// A flag for Gitaly. There is a row for each flag, and one row if there is no flag, so that one
/// statement answers all.
struct Flag {
    std::string name;
    bool is_enabled = false;
};

constexpr auto kFlag = db::columns<Flag>(
    db::column("coalesce(flags.name, '')", &Flag::name),
    db::flag("flags.enabled", &Flag::is_enabled)
);

// The second bound ends in the character that follows `_`.
constexpr auto kJoinFlags =
    db::sql("left join feature_flags as flags on flags.name >= 'gitaly_' and flags.name < 'gitaly`'"
    );

struct ConfigurationRow {
    std::string agent_name;
    AgentProject project;
    Flag flag;
};

constexpr auto kConfiguration = db::columns<ConfigurationRow>(
    db::column("agents.name", &ConfigurationRow::agent_name),
    db::within(&ConfigurationRow::project, kProject),
    db::within(&ConfigurationRow::flag, kFlag)
);

constexpr auto kFindConfiguration = db::reading(
    "agent_projects.find_configuration",
    "select",
    kConfiguration,
    R"sql(
      from cluster_agents as agents
      join projects on projects.id = agents.project_id
      join routes on routes.source_type = 'Project' and routes.source_id = projects.id)sql",
    kJoinFlags,
    R"sql(
     where agents.id = :agent_id)sql"
);

struct ProjectRow {
    AgentProject project;
    std::string restricted_levels;
    Flag flag;
};

constexpr auto kProjectRow = db::columns<ProjectRow>(
    db::within(&ProjectRow::project, kProject),
    db::column(
        "projects.visibility_level",
        &ProjectRow::project,
        &AgentProject::facts,
        &domain::AgentProject::visibility
    ),
    db::column(
        "coalesce(features.repository_access_level, 20)",
        &ProjectRow::project,
        &AgentProject::facts,
        &domain::AgentProject::repository_feature
    ),
    db::column("settings.restricted_visibility_levels", &ProjectRow::restricted_levels),
    db::within(&ProjectRow::flag, kFlag)
);

// The project is looked up once, by the id, path or former path that is given. `coalesce` asks no
// further than it must.
constexpr auto kFind = db::reading(
    "agent_projects.find",
    "select",
    kProjectRow,
    R"sql(
      from projects
     cross join routes
     cross join application_settings as settings
      left join project_features as features on features.project_id = projects.id)sql",
    kJoinFlags,
    R"sql(
     where projects.id = coalesce(
               :project_id,)sql",
    kProjectOfPath,
    R"sql(
           )
       and not projects.pending_delete
       and routes.source_type = 'Project'
       and routes.source_id = projects.id
       and settings.id = 1)sql"
);

constexpr int kPublic = 20;

/// A list that cannot be read restricts every level.
bool restricts_public(std::string_view levels) {
    const auto document = json::parse(levels);
    if (!document || document->array() == nullptr) {
        return true;
    }
    return std::ranges::any_of(*document->array(), [](const json::Value& level) {
        return level.number() != nullptr && level.number()->text == std::to_string(kPublic);
    });
}

void add_flag(const Flag& flag, std::map<std::string, bool>& flags) {
    if (!flag.name.empty()) {
        flags[flag.name] = flag.is_enabled;
    }
}

void add_defaults(AgentProject& project) {
    if (project.disk_path.empty()) {
        project.disk_path = domain::git_access::hashed_disk_path(project.facts.id);
    }
}

}  // namespace

std::optional<AgentConfiguration> AgentProjectStore::find_configuration(AgentId agent_id) {
    const auto rows = session_.fetch_rows(kFindConfiguration, soci::use(agent_id, "agent_id"));
    if (rows.empty()) {
        return std::nullopt;
    }
    AgentConfiguration found{
        .agent_name = rows.front().agent_name, .project = rows.front().project};
    for (const ConfigurationRow& row : rows) {
        add_flag(row.flag, found.project.gitaly_flags);
    }
    add_defaults(found.project);
    return found;
}

std::optional<AgentProject> AgentProjectStore::find(ProjectId project_id) {
    return fetch(project_id.value, std::nullopt);
}

std::optional<AgentProject> AgentProjectStore::find_by_path(const std::string& full_path) {
    return fetch(std::nullopt, full_path);
}

std::optional<AgentProject> AgentProjectStore::fetch(
    std::optional<long long> project_id, const std::optional<std::string>& path
) {
    const auto rows =
        session_.fetch_rows(kFind, soci::use(project_id, "project_id"), soci::use(path, "path"));
    if (rows.empty()) {
        return std::nullopt;
    }
    AgentProject project = rows.front().project;
    for (const ProjectRow& row : rows) {
        add_flag(row.flag, project.gitaly_flags);
    }
    project.facts.is_public_restricted = restricts_public(rows.front().restricted_levels);
    add_defaults(project);
    return project;
}

}  // namespace innergate::handlers
