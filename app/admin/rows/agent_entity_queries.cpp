#include <array>

#include "app/admin/rows/entity_queries.hpp"

namespace innergate::admin::rows {
namespace {

constexpr std::array kAgentColumns{
    ShownColumn{"id", Kind::bigint, "t.id"},
    ShownColumn{"project", Kind::text, "routes.path"},
    ShownColumn{"name", Kind::text, "t.name"},
    ShownColumn{
        "last_used_at",
        Kind::timestamp,
        "(select max(tokens.last_used_at) from cluster_agent_tokens as tokens "
        "where tokens.agent_id = t.id)"},
    ShownColumn{"created_at", Kind::timestamp, "t.created_at"},
};

constexpr std::array kAgentDependents{
    Dependents{
        "tokens",
        {"agent.tokens", "select count(*) from cluster_agent_tokens where agent_id = :id"}},
};

constexpr std::array kAgentTokenColumns{
    ShownColumn{"id", Kind::bigint, "t.id"},
    ShownColumn{"agent_id", Kind::bigint, "t.agent_id"},
    ShownColumn{"agent", Kind::text, "agents.name"},
    ShownColumn{"name", Kind::text, "t.name"},
    ShownColumn{"status", Kind::text, "case t.status when 0 then 'active' else 'revoked' end"},
    ShownColumn{"last_used_at", Kind::timestamp, "t.last_used_at"},
    ShownColumn{"created_at", Kind::timestamp, "t.created_at"},
};

constexpr std::array kAgentTokenDetails{
    ShownColumn{"description", Kind::text, "t.description"},
};

constexpr std::array kEntities{
    EntityQueries{
        .entity = EntityName::agent,
        .table = "cluster_agents",
        .from = "cluster_agents as t left join routes on routes.source_project_id = t.project_id",
        .columns = kAgentColumns,
        .dependents = kAgentDependents,
    },
    EntityQueries{
        .entity = EntityName::agent_token,
        .table = "cluster_agent_tokens",
        .from = "cluster_agent_tokens as t "
                "left join cluster_agents as agents on agents.id = t.agent_id",
        .columns = kAgentTokenColumns,
        .details = kAgentTokenDetails,
    },
};

}  // namespace

std::span<const EntityQueries> agent_entities() {
    return kEntities;
}

}  // namespace innergate::admin::rows
