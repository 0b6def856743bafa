#include "admin/entities/rows/agent_token_rows.hpp"

#include <soci/soci.h>

#include "app/db/transaction.hpp"
#include "handlers/stores/agents/agent_event_store.hpp"

namespace innergate::admin::rows {
namespace {

constexpr db::Query kFindActive{
    "cluster_agent_tokens.has_active",
    "select id from cluster_agent_tokens where token_digest = :digest and status = 0"};

constexpr db::Query kCountActive{
    "cluster_agent_tokens.count_active",
    "select count(*) from cluster_agent_tokens where agent_id = :agent_id and status = 0"};

constexpr db::Query kRevoke{
    "cluster_agent_tokens.revoke",
    "update cluster_agent_tokens set status = 1 where id = :id and status = 0",
    db::Access::write,
};

constexpr db::Query kAddRevoked{
    "agent_activity_events.add_revoked",
    R"sql(
    insert into agent_activity_events (agent_id, agent_token_id, kind, level, recorded_at)
    select agent_id, id, 1, 1, :now
      from cluster_agent_tokens
     where id = :id)sql",
    db::Access::write,
};

constexpr db::Query kFindAgent{
    "cluster_agent_tokens.find_agent", "select agent_id from cluster_agent_tokens where id = :id"};

}  // namespace

bool has_agent_token(Database& database, const std::string& digest) {
    long long id = 0;
    return database.session().fetch_one(kFindActive, soci::use(digest, "digest"), soci::into(id));
}

int count_active_agent_tokens(Database& database, long long agent_id) {
    int count = 0;
    database.session().fetch_one(kCountActive, soci::use(agent_id, "agent_id"), soci::into(count));
    return count;
}

bool revoke_agent_token(Database& database, long long token_id, Timestamp now) {
    db::Session& session = database.session();
    db::Transaction transaction{session};
    if (session.execute(kRevoke, soci::use(token_id, "id")) == 0) {
        return false;
    }
    session.execute(kAddRevoked, soci::use(now, "now"), soci::use(token_id, "id"));
    prune_agent_events(database, token_id);
    transaction.commit();
    return true;
}

void prune_agent_events(Database& database, long long token_id) {
    db::Session& session = database.session();
    AgentId agent_id;
    if (session.fetch_one(kFindAgent, soci::use(token_id, "id"), soci::into(agent_id.value))) {
        handlers::AgentEventStore{session}.keep_newest(agent_id);
    }
}

}  // namespace innergate::admin::rows
