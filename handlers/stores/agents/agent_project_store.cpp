#include "handlers/stores/agents/agent_project_store.hpp"

#include <algorithm>

#include "app/db/session.hpp"
#include "app/json/reader.hpp"
#include "handlers/domain/git_access/gl_repository.hpp"

namespace innergate::handlers {
namespace {

// A row for each flag, one row where there is no flag: so that one statement says all. The second
// bound is the character behind `_`.
constexpr db::Query kFindConfiguration{"agent_projects.find_configuration", R"sql(
    select agents.name, projects.id, routes.path, projects.repository_storage,
           coalesce(projects.disk_path, ''), coalesce(projects.default_branch, ''),
           coalesce(flags.name, ''), case when flags.enabled then 1 else 0 end
      from cluster_agents as agents
      join projects on projects.id = agents.project_id
      join routes on routes.source_type = 'Project' and routes.source_id = projects.id
      left join feature_flags as flags on flags.name >= 'gitaly_' and flags.name < 'gitaly`'
     where agents.id = :agent_id)sql"};

// One look-up of the project by whichever of id, path and former path is given: `coalesce` asks no
// further than it must.
constexpr db::Query kFind{"agent_projects.find", R"sql(
    select projects.id, routes.path, projects.repository_storage,
           coalesce(projects.disk_path, ''), coalesce(projects.default_branch, ''),
           projects.visibility_level, coalesce(features.repository_access_level, 20),
           settings.restricted_visibility_levels,
           coalesce(flags.name, ''), case when flags.enabled then 1 else 0 end
      from projects
     cross join routes
     cross join application_settings as settings
      left join project_features as features on features.project_id = projects.id
      left join feature_flags as flags on flags.name >= 'gitaly_' and flags.name < 'gitaly`'
     where projects.id = coalesce(
               :project_id,
               (select source_id
                  from routes
                 where lower(path) = lower(:path)
                   and source_type = 'Project'),
               (select source_id
                  from redirect_routes
                 where lower(path) = lower(:path)
                   and source_type = 'Project')
           )
       and not projects.pending_delete
       and routes.source_type = 'Project'
       and routes.source_id = projects.id
       and settings.id = 1)sql"};

constexpr int kPublic = 20;

/// What cannot be read restricts all.
bool restricts_public(std::string_view levels) {
    const auto document = json::parse(levels);
    if (!document || document->array() == nullptr) {
        return true;
    }
    return std::ranges::any_of(*document->array(), [](const json::Value& level) {
        return level.number() != nullptr && level.number()->text == std::to_string(kPublic);
    });
}

void add_flag(const std::string& name, bool is_enabled, AgentProject& project) {
    if (!name.empty()) {
        project.gitaly_flags[name] = is_enabled;
    }
}

void add_defaults(AgentProject& project) {
    if (project.disk_path.empty()) {
        project.disk_path = domain::git_access::hashed_disk_path(project.facts.id);
    }
}

}  // namespace

std::optional<AgentConfiguration> AgentProjectStore::find_configuration(AgentId agent_id) {
    AgentConfiguration found;
    AgentProject& project = found.project;
    bool is_there = false;
    std::string flag;
    bool is_enabled = false;
    session_.fetch_each(
        kFindConfiguration,
        [&] {
            is_there = true;
            add_flag(flag, is_enabled, project);
        },
        soci::use(agent_id.value, "agent_id"),
        soci::into(found.agent_name),
        soci::into(project.facts.id.value),
        soci::into(project.full_path),
        soci::into(project.storage),
        soci::into(project.disk_path),
        soci::into(project.default_branch),
        soci::into(flag),
        soci::into(is_enabled)
    );
    if (!is_there) {
        return std::nullopt;
    }
    add_defaults(project);
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
    AgentProject project;
    bool is_there = false;
    int visibility = 0;
    int repository_level = 0;
    std::string restricted_levels;
    std::string flag;
    bool is_enabled = false;
    session_.fetch_each(
        kFind,
        [&] {
            is_there = true;
            add_flag(flag, is_enabled, project);
        },
        soci::use(project_id, "project_id"),
        soci::use(path, "path"),
        soci::into(project.facts.id.value),
        soci::into(project.full_path),
        soci::into(project.storage),
        soci::into(project.disk_path),
        soci::into(project.default_branch),
        soci::into(visibility),
        soci::into(repository_level),
        soci::into(restricted_levels),
        soci::into(flag),
        soci::into(is_enabled)
    );
    if (!is_there) {
        return std::nullopt;
    }
    project.facts.visibility = static_cast<domain::git_access::Visibility>(visibility);
    project.facts.repository_feature =
        static_cast<domain::git_access::FeatureLevel>(repository_level);
    project.facts.is_public_restricted = restricts_public(restricted_levels);
    add_defaults(project);
    return project;
}

}  // namespace innergate::handlers
