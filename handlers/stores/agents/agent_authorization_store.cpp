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

struct ResolvedPath {
    std::string path;
    long long id = 0;
    bool is_project = false;
};

constexpr auto kResolved = db::columns<ResolvedPath>(
    db::column("given.key", &ResolvedPath::path),
    db::column("routes.source_id", &ResolvedPath::id),
    db::flag("routes.source_type = 'Project'", &ResolvedPath::is_project)
);

// A cross join makes SQLite go from the list to the routes, even where it prefers another order.
constexpr auto kResolvePaths = db::reading("routes.resolve_paths", "select", kResolved, R"sql(
      from json_each(:paths) as given
     cross join routes
      left join namespaces
        on routes.source_type = 'Namespace' and namespaces.id = routes.source_id
     where lower(routes.path) = given.key
       and (routes.source_type = 'Project'
            or namespaces.type = 'Group'))sql");

// `where true` tells SQLite that `on conflict` is no join's condition.
constexpr auto kGivenIds = db::sql("(select cast(key as bigint) from json_each(:grants))");
constexpr auto kGivenGrants = db::sql(R"sql(
    select :agent_id, cast(key as bigint), value ->> 'config'
      from json_each(:grants)
     where true)sql");

constexpr auto kDropCiProjects = db::writing(
    "agent_project_authorizations.drop",
    "delete from agent_project_authorizations where agent_id = :agent_id and project_id not in",
    kGivenIds
);
constexpr auto kPutCiProjects = db::writing(
    "agent_project_authorizations.put",
    "insert into agent_project_authorizations (agent_id, project_id, config)",
    kGivenGrants,
    R"sql(
        on conflict (agent_id, project_id) do update
       set config = excluded.config
     where agent_project_authorizations.config <> excluded.config)sql"
);

constexpr auto kDropCiGroups = db::writing(
    "agent_group_authorizations.drop",
    "delete from agent_group_authorizations where agent_id = :agent_id and group_id not in",
    kGivenIds
);
constexpr auto kPutCiGroups = db::writing(
    "agent_group_authorizations.put",
    "insert into agent_group_authorizations (agent_id, group_id, config)",
    kGivenGrants,
    R"sql(
        on conflict (agent_id, group_id) do update
       set config = excluded.config
     where agent_group_authorizations.config <> excluded.config)sql"
);

constexpr auto kDropUserProjects = db::writing(
    "agent_user_access_project_authorizations.drop",
    "delete from agent_user_access_project_authorizations where agent_id = :agent_id and "
    "project_id not in",
    kGivenIds
);
constexpr auto kPutUserProjects = db::writing(
    "agent_user_access_project_authorizations.put",
    "insert into agent_user_access_project_authorizations (agent_id, project_id, config)",
    kGivenGrants,
    R"sql(
        on conflict (agent_id, project_id) do update
       set config = excluded.config
     where agent_user_access_project_authorizations.config <> excluded.config)sql"
);

constexpr auto kDropUserGroups = db::writing(
    "agent_user_access_group_authorizations.drop",
    "delete from agent_user_access_group_authorizations where agent_id = :agent_id and group_id "
    "not in",
    kGivenIds
);
constexpr auto kPutUserGroups = db::writing(
    "agent_user_access_group_authorizations.put",
    "insert into agent_user_access_group_authorizations (agent_id, group_id, config)",
    kGivenGrants,
    R"sql(
        on conflict (agent_id, group_id) do update
       set config = excluded.config
     where agent_user_access_group_authorizations.config <> excluded.config)sql"
);

struct UserGrant {
    bool is_to_project = false;
    long long id = 0;
    std::string config;
};

constexpr auto kUserGrant = db::columns<UserGrant>(
    db::column("is_to_project", &UserGrant::is_to_project),
    db::column("id", &UserGrant::id),
    db::column("config", &UserGrant::config)
);

constexpr auto kListUserAccess =
    db::reading("agent_user_access_authorizations.list", "select", kUserGrant, R"sql(
      from (select 1 as is_to_project, project_id as id, config
              from agent_user_access_project_authorizations
             where agent_id = :agent_id
            union all
            select 0, group_id, config
              from agent_user_access_group_authorizations
             where agent_id = :agent_id) as grants
     order by is_to_project desc, id)sql");

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
    for (const ResolvedPath& row : session.fetch_rows(kResolvePaths, soci::use(paths, "paths"))) {
        (row.is_project ? resolved.projects : resolved.groups)[row.path] = row.id;
    }
    return resolved;
}

/// `{"7":{"config":"{}"}}`. Both databases read the members of an object with the same SQL.
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
    UserAccess access;
    const std::vector<UserGrant> grants =
        session_.fetch_rows(kListUserAccess, soci::use(agent_id, "agent_id"));
    if (!grants.empty()) {
        access.config = grants.back().config;
    }
    const auto role_in = [&](const UserGrant& to) {
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
    for (const UserGrant& to : grants) {
        if (const Role role = role_in(to); role >= Role::developer) {
            (to.is_to_project ? access.projects : access.groups).push_back({to.id, role});
        }
    }
    return access;
}

}  // namespace innergate::handlers
