// Agents in Kubernetes clusters, their tokens, what happened with them and what kas counted.
#include <algorithm>
#include <array>
#include <string>

#include "admin/commands/agent_event_commands.hpp"
#include "admin/commands/agent_token_commands.hpp"
#include "admin/entities/entities.hpp"
#include "admin/entities/rows/agent_token_rows.hpp"
#include "admin/entities/secrets.hpp"
#include "admin/entities/written.hpp"
#include <fmt/format.h>

#include "app/clock.hpp"
#include "app/time_format.hpp"

namespace innergate::admin {
namespace {

constexpr int kMaxAgentTokens = 2;

constexpr Member kMaker =
    given("user")
        .into("created_by_user_id")
        .naming(entities::kUser)
        .by_option("--user", "Who made it", written::reference, Need::optional);

constexpr std::array kAgentMembers{
    shown("id", Kind::bigint),
    shown("project", Kind::text, "routes.path")
        .into("project_id")
        .naming(entities::kProject)
        .by_option(
            "--project",
            "Full path or id of the project with its configuration",
            written::reference,
            Need::required
        )
        .settable(),
    shown("name", Kind::text)
        .by_option(
            "--name",
            "Name, as the folder .gitlab/agents/NAME has it: lower-case letters, digits, '-'",
            written::text,
            Need::required
        ),
    kMaker,
    shown(
        "last_used_at",
        Kind::timestamp,
        "(select max(tokens.last_used_at) from cluster_agent_tokens as tokens "
        "where tokens.agent_id = t.id)"
    ),
    shown("created_at", Kind::timestamp),
};

constexpr std::array kOfProject{
    ListOption{"--project", "Only this project's", "project_id", &entities::kProject},
};

constexpr std::array kAgentDependents{
    Dependents{
        "tokens",
        {"agent.tokens", "select count(*) from cluster_agent_tokens where agent_id = :id"}},
};

/// The name must be a DNS label (RFC 1123), apart from its length.
Derived check_agent_name(RowValues& values) {
    const Value* const name = values.find("name");
    if (name == nullptr || !*name || (*name)->empty()) {
        return {};
    }
    const auto is_alphanumeric = [](char character) {
        return (character >= 'a' && character <= 'z') || (character >= '0' && character <= '9');
    };
    const bool is_label = is_alphanumeric((*name)->front()) && is_alphanumeric((*name)->back()) &&
                          std::ranges::all_of(**name, [&](char character) {
                              return is_alphanumeric(character) || character == '-';
                          });
    if (!is_label) {
        return tl::unexpected(ColumnFault{
            "name", "must be of lower-case letters, digits and '-', with no '-' at its ends"});
    }
    return {};
}

/// Takes an agent that may have another token. GitLab lets an agent have two that are good.
Written agent_with_room(NewRow& row, const Member& member, const std::string& text) {
    Written done = written::reference(row, member, text);
    if (done && rows::count_active_agent_tokens(
                    row.database, std::stoll(row.find(member.written_column())->text)
                ) >= kMaxAgentTokens) {
        return tl::unexpected(
            fmt::format("agent {} has {} tokens that are good: revoke one", text, kMaxAgentTokens)
        );
    }
    return done;
}

constexpr std::array<Word, 2> kStatuses{{
    {"active", 0},
    {"revoked", 1},
}};

constexpr std::array kTokenMembers{
    shown("id", Kind::bigint),
    shown("agent_id", Kind::bigint)
        .naming(entities::kAgent)
        .by_option("--agent", "Id of the agent", agent_with_room, Need::required),
    shown("agent", Kind::text, "agents.name"),
    shown("name", Kind::text).by_option("--name", "What it is for", written::text, Need::required),
    // `revoke` makes a token void and records the event.
    shown("status", Kind::text).in_words(kStatuses),
    kMaker,
    shown("last_used_at", Kind::timestamp),
    shown("created_at", Kind::timestamp),
    shown("description", Kind::text)
        .only_alone()
        .by_option("--description", "More about it", written::text, Need::optional),
};

constexpr std::array kOfAgent{
    ListOption{"--agent", "Only this agent's", "agent_id", &entities::kAgent},
};

// A new token comes with the activity event of its making.
constexpr std::array kTokenParts{Part{"agent_activity_events", "agent_token_id"}};

/// Makes the secret, and the event that the agent's page shows.
void make_secret(const Context& /*context*/, NewRow& token) {
    token.secret = new_agent_token();
    token.set("token", Cell::Type::text, token.secret);
    ImportRow& event = token.add_part("agent_activity_events");
    event.cells = {
        {"agent_id", Cell::Type::number, token.find("agent_id")->text, 0},
        {"kind", Cell::Type::number, "0", 0},
        {"level", Cell::Type::number, "1", 0},
        {"recorded_at", Cell::Type::text, to_iso8601(SystemClock{}.now()), 0}};
    if (const Cell* const maker = token.find("created_by_user_id")) {
        event.cells.push_back({"user_id", Cell::Type::number, maker->text, 0});
    }
}

constexpr std::array kEventMembers{
    shown("id", Kind::bigint),
    shown("recorded_at", Kind::timestamp),
    shown(
        "event",
        Kind::text,
        "case t.kind when 0 then 'token created' when 1 then 'token revoked' "
        "when 2 then 'agent connected' else 'agent disconnected' end"
    ),
    shown(
        "level",
        Kind::text,
        "case t.level when 0 then 'debug' when 1 then 'info' when 2 then 'warn' "
        "when 3 then 'error' when 4 then 'fatal' else 'unknown' end"
    ),
    shown("token_id", Kind::bigint, "t.agent_token_id"),
    shown("token", Kind::text, "tokens.name"),
    shown("user", Kind::text, "users.username"),
    shown("detail", Kind::text),
};

constexpr std::array kUsageMembers{
    shown("event", Kind::text),
    shown("week", Kind::text, "nullif(t.week, '')"),
    shown("total", Kind::bigint, "case when t.week = '' then t.number end"),
    shown("distinct_ids", Kind::bigint, "case when t.week <> '' then t.number end"),
    shown("updated_at", Kind::timestamp),
};

}  // namespace

constexpr Entity entities::kAgent{
    .name = "agent",
    .description = "Agents in Kubernetes clusters",
    .reference = "id",
    .table = "cluster_agents",
    .from = "cluster_agents as t left join routes on routes.source_project_id = t.project_id",
    .condition = {},
    .called = {},
    .members = kAgentMembers,
    .list = kOfProject,
    .dependents = kAgentDependents,
    .register_more = register_agent_events,
    .rules = {.natural_key = {}, .derive = check_agent_name},
};

constexpr Entity entities::kAgentToken{
    .name = "agent-token",
    .description = "What an agent shows to the agent server",
    .reference = "id",
    .table = "cluster_agent_tokens",
    .from =
        "cluster_agent_tokens as t "
        "left join cluster_agents as agents on agents.id = t.agent_id",
    .condition = {},
    .called = {},
    .members = kTokenMembers,
    .list = kOfAgent,
    .parts = kTokenParts,
    .complete = make_secret,
    .follow_up = rows::prune_agent_events,
    .register_more = register_agent_token_revocation,
};

constexpr Entity entities::kAgentEvent{
    .name = "agent event",
    .description = {},
    .reference = "id",
    .table = "agent_activity_events",
    .from =
        "agent_activity_events as t "
        "left join cluster_agent_tokens as tokens on tokens.id = t.agent_token_id "
        "left join users on users.id = t.user_id",
    .condition = {},
    .called = {},
    .members = kEventMembers,
};

constexpr Entity entities::kUsage{
    .name = "event",
    .description = {},
    .reference = "name of the event",
    .table = "kas_counters",
    // An event's total comes first, then its weeks. The number of its first row stands for the
    // event.
    .from =
        "(select row_number() over (order by event, week) as id, "
        "rank() over (order by event) as event_number, event, week, number, updated_at "
        "from (select name as event, '' as week, value as number, updated_at "
        "from kas_counters union all "
        "select event_name, iso_week, count(*), null from kas_unique_events "
        "group by event_name, iso_week) as counted) as t",
    .condition = {},
    .called = "t.event = cast(:value as text)",
    .members = kUsageMembers,
};

}  // namespace innergate::admin
