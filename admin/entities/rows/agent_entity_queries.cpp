#include <array>

#include "admin/entities/rows/entity_queries.hpp"

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

// The activity event of a token's making is made with it.
constexpr std::array kAgentTokenParts{
    Part{"agent_activity_events", "agent_token_id"},
};

constexpr std::array kAgentEventColumns{
    ShownColumn{"id", Kind::bigint, "t.id"},
    ShownColumn{"recorded_at", Kind::timestamp, "t.recorded_at"},
    ShownColumn{
        "event",
        Kind::text,
        "case t.kind when 0 then 'token created' when 1 then 'token revoked' "
        "when 2 then 'agent connected' else 'agent disconnected' end"},
    ShownColumn{
        "level",
        Kind::text,
        "case t.level when 0 then 'debug' when 1 then 'info' when 2 then 'warn' "
        "when 3 then 'error' when 4 then 'fatal' else 'unknown' end"},
    ShownColumn{"token_id", Kind::bigint, "t.agent_token_id"},
    ShownColumn{"token", Kind::text, "tokens.name"},
    ShownColumn{"user", Kind::text, "users.username"},
    ShownColumn{"detail", Kind::text, "t.detail"},
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
        .parts = kAgentTokenParts,
    },
    EntityQueries{
        .entity = EntityName::agent_event,
        .table = "agent_activity_events",
        .from = "agent_activity_events as t "
                "left join cluster_agent_tokens as tokens on tokens.id = t.agent_token_id "
                "left join users on users.id = t.user_id",
        .columns = kAgentEventColumns,
    },
};

}  // namespace

std::span<const EntityQueries> agent_entities() {
    return kEntities;
}

}  // namespace innergate::admin::rows
