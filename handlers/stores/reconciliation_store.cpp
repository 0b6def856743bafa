#include "handlers/stores/reconciliation_store.hpp"

#include <array>

#include "app/db/session.hpp"

namespace innergate::handlers {
namespace {

// Of many at once the last one's dates stay.
constexpr db::Query kPut{
    "reconciliations.put",
    R"sql(
    insert into upcoming_reconciliations
           (namespace_id, next_reconciliation_date, display_alert_from, created_at, updated_at)
    select id, :next_reconciliation_date, :display_alert_from, :now, :now
      from namespaces
     where id = :namespace_id
       and type in ('Group', 'User')
        on conflict (namespace_id) do update
       set next_reconciliation_date = excluded.next_reconciliation_date,
           display_alert_from = excluded.display_alert_from,
           updated_at = excluded.updated_at)sql",
    db::Access::write,
};

constexpr db::Query kRemove{
    "reconciliations.remove",
    R"sql(
    delete from upcoming_reconciliations
     where namespace_id = :namespace_id)sql",
    db::Access::write,
};

}  // namespace

std::span<const db::Query> ReconciliationStore::queries() {
    static constexpr std::array kAll{kPut, kRemove};
    return kAll;
}

bool ReconciliationStore::put(const Reconciliation& reconciliation, Timestamp now) {
    try {
        const std::size_t rows = session_.execute(
            kPut,
            soci::use(reconciliation.next_reconciliation_date, "next_reconciliation_date"),
            soci::use(reconciliation.display_alert_from, "display_alert_from"),
            soci::use(now, "now"),
            soci::use(reconciliation.namespace_id.value, "namespace_id")
        );
        return rows > 0;
    } catch (const db::ConstraintViolation&) {
        return false;  // the namespace went while the statement ran
    }
}

bool ReconciliationStore::remove(NamespaceId namespace_id) {
    return session_.execute(kRemove, soci::use(namespace_id.value, "namespace_id")) > 0;
}

}  // namespace innergate::handlers
