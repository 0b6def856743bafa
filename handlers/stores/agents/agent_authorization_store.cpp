#include "handlers/stores/agents/agent_authorization_store.hpp"

#include <map>

#include "app/db/session.hpp"
#include "app/db/transaction.hpp"
#include "app/json/writer.hpp"

namespace innergate::handlers {
namespace {

using domain::AgentGrant;

// Keeps out others that replace the lists of the same agent.
constexpr db::Query kLock{
    "cluster_agents.lock",
    R"sql(
    update cluster_agents
       set updated_at = updated_at
     where id = :agent_id)sql",
    db::Access::write,
};

constexpr db::Query kFindPath{"cluster_agents.find_project_path", R"sql(
    select routes.path
      from cluster_agents as agents
      join routes on routes.source_type = 'Project' and routes.source_id = agents.project_id
     where agents.id = :agent_id)sql"};

// In a cross join SQLite goes from the list to the routes, whatever it takes for better.
constexpr db::Query kResolvePaths{"routes.resolve_paths", R"sql(
    select given.key, routes.source_id,
           case when routes.source_type = 'Project' then 1 else 0 end
      from json_each(:paths) as given
     cross join routes
      left join namespaces
        on routes.source_type = 'Namespace' and namespaces.id = routes.source_id
     where lower(routes.path) = given.key
       and (routes.source_type = 'Project'
            or namespaces.type = 'Group'))sql"};

constexpr db::Query kDropCiProjects{
    "agent_project_authorizations.drop",
    R"sql(
    delete from agent_project_authorizations
     where agent_id = :agent_id
       and project_id not in (select cast(key as bigint) from json_each(:grants)))sql",
    db::Access::write,
};

constexpr db::Query kPutCiProjects{
    "agent_project_authorizations.put",
    R"sql(
    insert into agent_project_authorizations (agent_id, project_id, config)
    select :agent_id, cast(key as bigint), value ->> 'config'
      from json_each(:grants)
     where true
        on conflict (agent_id, project_id) do update
       set config = excluded.config
     where agent_project_authorizations.config <> excluded.config)sql",
    db::Access::write,
};

constexpr db::Query kDropCiGroups{
    "agent_group_authorizations.drop",
    R"sql(
    delete from agent_group_authorizations
     where agent_id = :agent_id
       and group_id not in (select cast(key as bigint) from json_each(:grants)))sql",
    db::Access::write,
};

constexpr db::Query kPutCiGroups{
    "agent_group_authorizations.put",
    R"sql(
    insert into agent_group_authorizations (agent_id, group_id, config)
    select :agent_id, cast(key as bigint), value ->> 'config'
      from json_each(:grants)
     where true
        on conflict (agent_id, group_id) do update
       set config = excluded.config
     where agent_group_authorizations.config <> excluded.config)sql",
    db::Access::write,
};

constexpr db::Query kDropUserProjects{
    "agent_user_access_project_authorizations.drop",
    R"sql(
    delete from agent_user_access_project_authorizations
     where agent_id = :agent_id
       and project_id not in (select cast(key as bigint) from json_each(:grants)))sql",
    db::Access::write,
};

constexpr db::Query kPutUserProjects{
    "agent_user_access_project_authorizations.put",
    R"sql(
    insert into agent_user_access_project_authorizations (agent_id, project_id, config)
    select :agent_id, cast(key as bigint), value ->> 'config'
      from json_each(:grants)
     where true
        on conflict (agent_id, project_id) do update
       set config = excluded.config
     where agent_user_access_project_authorizations.config <> excluded.config)sql",
    db::Access::write,
};

constexpr db::Query kDropUserGroups{
    "agent_user_access_group_authorizations.drop",
    R"sql(
    delete from agent_user_access_group_authorizations
     where agent_id = :agent_id
       and group_id not in (select cast(key as bigint) from json_each(:grants)))sql",
    db::Access::write,
};

constexpr db::Query kPutUserGroups{
    "agent_user_access_group_authorizations.put",
    R"sql(
    insert into agent_user_access_group_authorizations (agent_id, group_id, config)
    select :agent_id, cast(key as bigint), value ->> 'config'
      from json_each(:grants)
     where true
        on conflict (agent_id, group_id) do update
       set config = excluded.config
     where agent_user_access_group_authorizations.config <> excluded.config)sql",
    db::Access::write,
};

constexpr db::Query kListUserAccess{"agent_user_access_authorizations.list", R"sql(
    select 1, project_id, config
      from agent_user_access_project_authorizations
     where agent_id = :agent_id
    union all
    select 0, group_id, config
      from agent_user_access_group_authorizations
     where agent_id = :agent_id
     order by 1 desc, 2)sql"};

/// By full path in lower case, projects and groups apart.
struct Resolved {
    std::map<std::string, long long, std::less<>> projects;
    std::map<std::string, long long, std::less<>> groups;
};

std::string root_of(const std::string& full_path) {
    return full_path.substr(0, full_path.find('/'));
}

std::string as_keys(const domain::AgentGrants& configuration, const std::string& root) {
    std::string text;
    json::Writer writer{text};
    writer.begin_object();
    for (const auto* const grants :
         {&configuration.ci_projects,
          &configuration.ci_groups,
          &configuration.user_projects,
          &configuration.user_groups}) {
        for (const AgentGrant& grant : *grants) {
            if (domain::is_within(grant.path, root)) {
                writer.member(grant.path, 0);
            }
        }
    }
    writer.end_object();
    return text;
}

Resolved resolve(db::Session& session, const std::string& paths) {
    Resolved resolved;
    std::string path;
    long long id = 0;
    bool is_project = false;
    session.fetch_each(
        kResolvePaths,
        [&] { (is_project ? resolved.projects : resolved.groups)[path] = id; },
        soci::use(paths, "paths"),
        soci::into(path),
        soci::into(id),
        soci::into(is_project)
    );
    return resolved;
}

/// `{"7":{"config":"{}"}}`: both databases read the members of an object with the same words.
std::string as_rows(
    const std::vector<AgentGrant>& grants, const std::map<std::string, long long, std::less<>>& ids
) {
    std::string text;
    json::Writer writer{text};
    writer.begin_object();
    for (const AgentGrant& grant : grants) {
        if (const auto found = ids.find(grant.path); found != ids.end()) {
            writer.key(std::to_string(found->second));
            writer.begin_object();
            writer.member("config", grant.config);
            writer.end_object();
        }
    }
    writer.end_object();
    return text;
}

}  // namespace

bool AgentAuthorizationStore::replace(AgentId agent_id, const domain::AgentGrants& configuration) {
    db::Transaction transaction{session_};
    if (session_.execute(kLock, soci::use(agent_id.value, "agent_id")) == 0) {
        return false;
    }
    std::string project_path;
    session_.fetch_one(kFindPath, soci::use(agent_id.value, "agent_id"), soci::into(project_path));
    const Resolved resolved = resolve(session_, as_keys(configuration, root_of(project_path)));
    const auto become = [this, agent_id](
                            const db::Query& drop, const db::Query& put, const std::string& grants
                        ) {
        session_.execute(drop, soci::use(agent_id.value, "agent_id"), soci::use(grants, "grants"));
        session_.execute(put, soci::use(agent_id.value, "agent_id"), soci::use(grants, "grants"));
    };
    become(kDropCiProjects, kPutCiProjects, as_rows(configuration.ci_projects, resolved.projects));
    become(kDropCiGroups, kPutCiGroups, as_rows(configuration.ci_groups, resolved.groups));
    become(
        kDropUserProjects, kPutUserProjects, as_rows(configuration.user_projects, resolved.projects)
    );
    become(kDropUserGroups, kPutUserGroups, as_rows(configuration.user_groups, resolved.groups));
    transaction.commit();
    return true;
}

UserAccess AgentAuthorizationStore::find_user_access(AgentId agent_id, UserId user_id, Date today) {
    using domain::git_access::Role;
    struct Grant {
        bool is_to_project = false;
        long long id = 0;
    };
    UserAccess access;
    std::vector<Grant> grants;
    Grant grant;
    std::string config;
    session_.fetch_each(
        kListUserAccess,
        [&] {
            access.config = config;
            grants.push_back(grant);
        },
        soci::use(agent_id.value, "agent_id"),
        soci::into(grant.is_to_project),
        soci::into(grant.id),
        soci::into(config)
    );
    const auto role_in = [&](const Grant& to) {
        if (to.is_to_project) {
            const auto project = projects_.find(
                ProjectId{to.id},
                {.user_id = user_id, .deploy_key_id = std::nullopt, .today = today}
            );
            return project ? project->standing.role : Role::none;
        }
        const auto group = namespaces_.find(std::to_string(to.id), user_id, today);
        return group ? static_cast<Role>(group->access_level) : Role::none;
    };
    for (const Grant& to : grants) {
        if (const Role role = role_in(to); role >= Role::developer) {
            (to.is_to_project ? access.projects : access.groups).push_back({to.id, role});
        }
    }
    return access;
}

}  // namespace innergate::handlers
