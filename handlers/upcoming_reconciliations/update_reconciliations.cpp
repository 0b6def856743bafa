#include "handlers/upcoming_reconciliations/update_reconciliations.hpp"

#include <set>

#include <fmt/format.h>

namespace innergate::handlers::upcoming_reconciliations {
namespace {

/// A row to write for each.
constexpr std::size_t kMaxOnFastLane = 200;

/// Stores what is complete. Answers which of all their namespaces there are.
std::set<NamespaceId> store(
    const std::vector<ReconciliationOfNamespace>& list,
    ReconciliationStore& reconciliations,
    Timestamp now
) {
    std::vector<Reconciliation> complete;
    std::vector<NamespaceId> incomplete;
    for (const ReconciliationOfNamespace& wanted : list) {
        const NamespaceId id{wanted.namespace_id};
        if (wanted.are_complete()) {
            complete.push_back(
                {.namespace_id = id,
                 .next_reconciliation_date = *wanted.next_reconciliation_date,
                 .display_alert_from = *wanted.display_alert_from}
            );
        } else {
            incomplete.push_back(id);
        }
    }
    std::set<NamespaceId> known = reconciliations.put_all(complete, now);
    known.merge(reconciliations.list_known(incomplete));
    return known;
}

}  // namespace

std::variant<AllStored, SomeNotStored> update_reconciliations(
    const UpdateReconciliationsRequest& request,
    ReconciliationStore& reconciliations,
    const Clock& clock,
    const routing::SlowWork& slow_work
) {
    if (request.upcoming_reconciliations.size() > kMaxOnFastLane) {
        slow_work.begin();
    }
    const std::set<NamespaceId> known =
        store(request.upcoming_reconciliations, reconciliations, clock.now());
    SomeNotStored refusal;
    json::Writer failures{refusal.failures};
    failures.begin_array();
    std::size_t count = 0;
    for (const ReconciliationOfNamespace& wanted : request.upcoming_reconciliations) {
        const std::string text =
            domain::validation_failure(known.contains({wanted.namespace_id}), wanted);
        if (!text.empty()) {
            failures.begin_object();
            failures.member(std::to_string(wanted.namespace_id), text);
            failures.end_object();
            ++count;
        }
    }
    failures.end_array();
    if (count == 0) {
        return AllStored{};
    }
    refusal.log_detail = fmt::format("{} not stored", count);
    return refusal;
}

}  // namespace innergate::handlers::upcoming_reconciliations
