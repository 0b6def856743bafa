#include "handlers/stores/agents/security_policy_store.hpp"

#include "app/db/session.hpp"

namespace innergate::handlers {
namespace {

// What a row of the answer tells besides the project, which each of them repeats.
constexpr int kGroup = 1;
constexpr int kFramework = 2;
constexpr int kOwnDocument = 3;
constexpr int kGroupDocument = 4;

// One statement for lists of three kinds, since agents ask twice a minute. `union`, not
// `union all`, in the lineage: it ends even if namespaces form a ring.
constexpr db::Query kFind{"security_policies.find", R"sql(
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
         where namespace_type = 'Group'
        union
        select parent.id, parent.parent_id
          from lineage
          join namespaces as parent on parent.id = lineage.parent_id
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
    select target.agent_name, target.id,
           case when target.archived then 1 else 0 end,
           case when target.namespace_type = 'User' then 1 else 0 end,
           coalesce(facts.kind, 0), coalesce(facts.id, 0),
           documents.content, documents.committed_at
      from target
      left join facts on facts.kind > 0
      left join security_policy_documents as documents
        on documents.security_policy_management_project_id = facts.management_project_id
     order by facts.id)sql"};

struct Fact {
    int kind = 0;
    long long id = 0;
    std::optional<std::string> content;
    std::optional<Timestamp> committed_at;
};

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
    AgentPolicies policies;
    Fact fact;
    bool is_there = false;
    session_.fetch_each(
        kFind,
        [&] {
            is_there = true;
            add(fact, policies);
        },
        soci::use(agent_id.value, "agent_id"),
        soci::into(policies.agent_name),
        soci::into(policies.project.id.value),
        soci::into(policies.project.is_archived),
        soci::into(policies.project.is_personal),
        soci::into(fact.kind),
        soci::into(fact.id),
        soci::into(fact.content),
        soci::into(fact.committed_at)
    );
    return is_there ? std::optional{std::move(policies)} : std::nullopt;
}

}  // namespace innergate::handlers
