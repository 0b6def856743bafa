// What the billing portal announced about namespaces whose seats it is going to settle.
#pragma once

#include <set>
#include <span>
#include <vector>

#include "app/clock.hpp"
#include "app/ids.hpp"

namespace innergate::db {
class Session;
}

namespace innergate::handlers {

struct Reconciliation {
    NamespaceId namespace_id;
    Date next_reconciliation_date;
    Date display_alert_from;
};

class ReconciliationStore {
public:
    explicit ReconciliationStore(db::Session& session) : session_(session) {}

    /// Replaces the reconciliation that the namespace has, if there is one. False: no such
    /// namespace (groups and personal ones count).
    [[nodiscard]] bool put(const Reconciliation& reconciliation, Timestamp now);

    /// As put(), but all in one statement. Of several for one namespace the last counts. Answers
    /// the namespaces that exist.
    [[nodiscard]] std::set<NamespaceId> put_all(
        std::span<const Reconciliation> reconciliations, Timestamp now
    );

    /// The namespaces of the list that put() would find.
    [[nodiscard]] std::set<NamespaceId> list_known(std::span<const NamespaceId> namespace_ids);

    /// False: there was none.
    [[nodiscard]] bool remove(NamespaceId namespace_id);

private:
    db::Session& session_;
};

}  // namespace innergate::handlers
