#include "handlers/stores/agents/security_policy_store.hpp"

#include "app/db/session.hpp"
#include "handlers/stores/lineage.hpp"

namespace innergate::handlers {
namespace {

// What a row of the answer says besides the project, which every row repeats.
constexpr int kGroup = 1;
constexpr int kFramework = 2;
constexpr int kOwnDocument = 3;
constexpr int kGroupDocument = 4;

struct Fact {
    int kind = 0;
    long long id = 0;
    std::optional<std::string> content;
    std::optional<Timestamp> committed_at;
};

struct Row {
    std::string agent_name;
    domain::ScopedProject project;
    Fact fact;
};

constexpr auto kFact = db::columns<Fact>(
    db::column("coalesce(facts.kind, 0)", &Fact::kind),
    db::column("coalesce(facts.id, 0)", &Fact::id),
    db::column("documents.content", &Fact::content),
    db::column("documents.committed_at", &Fact::committed_at)
);

constexpr auto kRow = db::columns<Row>(
    db::column("target.agent_name", &Row::agent_name),
    db::column("target.id", &Row::project, &domain::ScopedProject::id),
    db::flag("target.archived", &Row::project, &domain::ScopedProject::is_archived),
    db::flag("target.namespace_type = 'User'", &Row::project, &domain::ScopedProject::is_personal),
    db::within(&Row::fact, kFact)
);

// One statement for lists of three kinds, since agents ask twice a minute. `union`, not
// `union all`, in the lineage: it ends even if namespaces form a ring.
constexpr auto kFind = db::reading(
    "security_policies.find",
    R"sql(
    with recursive target(agent_name, id, archived, namespace_id, namespace_type, parent_id) as (
        select agents.name, projects.id, projects.archived,
               namespaces.id, namespaces.type, namespaces.parent_id
          from cluster_agents as agents
          join projects on projects.id = agents.project_id
          join namespaces on namespaces.id = projects.namespace_id
         where agents.id = :agent_id
           and not projects.pending_delete
    ),
    lineage(id, parent_id) as (
        select namespace_id, parent_id
          from target
         where namespace_type = 'Group')sql",
    kAndAllAbove,
    R"sql(
    ),
    facts(kind, id, management_project_id) as (
        select 1, lineage.id, cast(null as bigint)
          from lineage
        union all
        select 2, frameworks.framework_id, null
          from target
          join project_compliance_frameworks as frameworks on frameworks.project_id = target.id
        union all
        select 3, configurations.id, configurations.security_policy_management_project_id
          from target
          join security_policy_configurations as configurations
            on configurations.project_id = target.id
        union all
        select 4, configurations.id, configurations.security_policy_management_project_id
          from lineage
          join security_policy_configurations as configurations
            on configurations.namespace_id = lineage.id
    )
    select)sql",
    kRow,
    R"sql(
      from target
      left join facts on facts.kind > 0
      left join security_policy_documents as documents
        on documents.security_policy_management_project_id = facts.management_project_id
     order by facts.id)sql"
);

void add(const Fact& fact, AgentPolicies& policies) {
    if (fact.kind == kGroup) {
        policies.project.groups.push_back(fact.id);
    } else if (fact.kind == kFramework) {
        policies.project.compliance_frameworks.push_back(fact.id);
    } else if ((fact.kind == kOwnDocument || fact.kind == kGroupDocument) && fact.content) {
        policies.documents.push_back({
            .configuration_id = fact.id,
            .origin = fact.kind == kOwnDocument ? PolicyDocument::Origin::project
                                                : PolicyDocument::Origin::group,
            .content = *fact.content,
            .committed_at = *fact.committed_at,
        });
    }
}

}  // namespace

std::optional<AgentPolicies> SecurityPolicyStore::find(AgentId agent_id) {
    const std::vector<Row> rows = session_.fetch_rows(kFind, soci::use(agent_id, "agent_id"));
    if (rows.empty()) {
        return std::nullopt;
    }
    AgentPolicies policies{
        .agent_name = rows.front().agent_name, .project = rows.front().project, .documents = {}};
    for (const Row& row : rows) {
        add(row.fact, policies);
    }
    return policies;
}

}  // namespace innergate::handlers
