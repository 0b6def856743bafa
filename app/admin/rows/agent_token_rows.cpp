#include "app/admin/rows/agent_token_rows.hpp"

#include <soci/soci.h>

namespace innergate::admin::rows {
namespace {

constexpr db::Query kCountActive{
    "cluster_agent_tokens.count_active",
    "select count(*) from cluster_agent_tokens where agent_id = :agent_id and status = 0"};

constexpr db::Query kRevoke{
    "cluster_agent_tokens.revoke",
    "update cluster_agent_tokens set status = 1 where id = :id and status = 0",
    db::Access::write,
};

}  // namespace

int count_active_agent_tokens(Database& database, long long agent_id) {
    int count = 0;
    database.session().fetch_one(kCountActive, soci::use(agent_id, "agent_id"), soci::into(count));
    return count;
}

bool revoke_agent_token(Database& database, long long token_id) {
    return database.session().execute(kRevoke, soci::use(token_id, "id")) > 0;
}

}  // namespace innergate::admin::rows
