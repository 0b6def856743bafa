#include "handlers/stores/agents/agent_token_store.hpp"

#include <chrono>

#include "app/db/session.hpp"
#include "app/db/transaction.hpp"
#include "handlers/stores/agents/agent_event_store.hpp"

namespace innergate::handlers {
namespace {

constexpr std::chrono::minutes kTouchInterval{40};
constexpr std::chrono::hours kConnectionLifetime{1};

constexpr auto kToken = db::columns<AgentToken>(
    db::column("tokens.id", &AgentToken::id),
    db::column("tokens.agent_id", &AgentToken::agent_id),
    db::column("agents.project_id", &AgentToken::project_id),
    db::column("tokens.last_used_at", &AgentToken::last_used_at)
);

constexpr auto kFindActive =
    db::reading("cluster_agent_tokens.find_active", "select", kToken, R"sql(
      from cluster_agent_tokens as tokens
      join cluster_agents as agents on agents.id = tokens.agent_id
     where tokens.token_digest = :digest
       and tokens.status = 0)sql");

// Of many requests at once, only one writes.
constexpr db::Query kTouch{
    "cluster_agent_tokens.touch",
    R"sql(
    update cluster_agent_tokens
       set last_used_at = :now
     where id = :id
       and (last_used_at is null or last_used_at <= :stale))sql",
    db::Access::write,
};

constexpr db::Query kAddConnected{
    "agent_activity_events.add_connected",
    R"sql(
    insert into agent_activity_events (agent_id, agent_token_id, kind, level, recorded_at)
    select :agent_id, :token_id, 2, 1, :now
     where not exists (
               select 1
                 from cluster_agent_tokens
                where agent_id = :agent_id
                  and status = 0
                  and last_used_at > :an_hour_ago
                  and id <> :token_id
           ))sql",
    db::Access::write,
};

}  // namespace

std::optional<AgentToken> AgentTokenStore::find_active(const std::string& digest) {
    return session_.fetch_row(kFindActive, soci::use(digest, "digest"));
}

bool AgentTokenStore::is_use_to_remember(const AgentToken& token, Timestamp now) {
    return !token.last_used_at || *token.last_used_at <= now - kTouchInterval;
}

void AgentTokenStore::remember_use(const AgentToken& token, Timestamp now) {
    const Timestamp stale = now - kTouchInterval;
    const Timestamp an_hour_ago = now - kConnectionLifetime;
    const bool is_first = session_.execute(
                              kTouch,
                              soci::use(now, "now"),
                              soci::use(stale, "stale"),
                              soci::use(token.id.value, "id")
                          ) > 0;
    const bool was_there = token.last_used_at && *token.last_used_at > an_hour_ago;
    if (is_first && !was_there) {
        session_.execute(
            kAddConnected,
            soci::use(token.agent_id.value, "agent_id"),
            soci::use(token.id.value, "token_id"),
            soci::use(now, "now"),
            soci::use(an_hour_ago, "an_hour_ago")
        );
        AgentEventStore{session_}.keep_newest(token.agent_id);
    }
}

}  // namespace innergate::handlers
