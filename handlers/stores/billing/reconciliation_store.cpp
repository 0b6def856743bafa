#include "handlers/stores/billing/reconciliation_store.hpp"

#include <map>
#include <string>

#include "app/db/session.hpp"
#include "app/json/writer.hpp"

namespace innergate::handlers {
namespace {

// Of many requests at once, the dates of the last one stay.
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

// Rows are written in the order of the namespaces, so that two lists at once cannot wait for each
// other. PostgreSQL has no function date(): it reads the call as a cast.
constexpr db::Query kPutAll{
    "reconciliations.put_all",
    R"sql(
    insert into upcoming_reconciliations
           (namespace_id, next_reconciliation_date, display_alert_from, created_at, updated_at)
    select namespaces.id, date(given.value ->> 'next'), date(given.value ->> 'alert'), :now, :now
      from json_each(:reconciliations) as given
     cross join namespaces
     where namespaces.id = cast(given.key as bigint)
       and namespaces.type in ('Group', 'User')
     order by 1
        on conflict (namespace_id) do update
       set next_reconciliation_date = excluded.next_reconciliation_date,
           display_alert_from = excluded.display_alert_from,
           updated_at = excluded.updated_at
    returning namespace_id)sql",
    db::Access::write,
};

constexpr db::Query kListKnown{"reconciliations.list_known_namespaces", R"sql(
    select namespaces.id
      from json_each(:namespace_ids) as given
     cross join namespaces
     where namespaces.id = cast(given.key as bigint)
       and namespaces.type in ('Group', 'User'))sql"};

constexpr db::Query kRemove{
    "reconciliations.remove",
    R"sql(
    delete from upcoming_reconciliations
     where namespace_id = :namespace_id)sql",
    db::Access::write,
};

/// `{"127":{"next":"2021-06-13","alert":"2021-06-06"}}`. Both databases read the members of an
/// object with the same SQL.
std::string as_rows(const std::map<NamespaceId, const Reconciliation*>& reconciliations) {
    std::string text;
    json::Writer writer{text};
    writer.begin_object();
    for (const auto& [id, reconciliation] : reconciliations) {
        writer.key(std::to_string(id.value));
        writer.begin_object();
        writer.member("next", reconciliation->next_reconciliation_date);
        writer.member("alert", reconciliation->display_alert_from);
        writer.end_object();
    }
    writer.end_object();
    return text;
}

}  // namespace

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

std::set<NamespaceId> ReconciliationStore::put_all(
    std::span<const Reconciliation> reconciliations, Timestamp now
) {
    std::map<NamespaceId, const Reconciliation*> last;
    for (const Reconciliation& reconciliation : reconciliations) {
        last[reconciliation.namespace_id] = &reconciliation;
    }
    if (last.empty()) {
        return {};
    }
    const std::string rows = as_rows(last);
    constexpr int kTries = 3;
    for (int attempt = 1;; ++attempt) {
        std::set<NamespaceId> stored;
        NamespaceId id;
        try {
            session_.fetch_each(
                kPutAll,
                [&] { stored.insert(id); },
                soci::use(now, "now"),
                soci::use(rows, "reconciliations"),
                soci::into(id.value)
            );
            return stored;
        } catch (const db::ConstraintViolation&) {
            // A namespace went while the statement ran; the next try does not find it.
            if (attempt == kTries) {
                throw;
            }
        }
    }
}

std::set<NamespaceId> ReconciliationStore::list_known(std::span<const NamespaceId> namespace_ids) {
    std::set<NamespaceId> known;
    if (namespace_ids.empty()) {
        return known;
    }
    std::string keys;
    json::Writer writer{keys};
    writer.begin_object();
    for (const NamespaceId asked : namespace_ids) {
        writer.member(std::to_string(asked.value), 0);
    }
    writer.end_object();
    NamespaceId id;
    session_.fetch_each(
        kListKnown,
        [&] { known.insert(id); },
        soci::use(keys, "namespace_ids"),
        soci::into(id.value)
    );
    return known;
}

bool ReconciliationStore::remove(NamespaceId namespace_id) {
    return session_.execute(kRemove, soci::use(namespace_id.value, "namespace_id")) > 0;
}

}  // namespace innergate::handlers
