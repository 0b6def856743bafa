#include "handlers/upcoming_reconciliations/update_namespace_reconciliation.hpp"

#include <algorithm>
#include <string>

#include "handlers/namespace_failures.hpp"

namespace innergate::handlers::upcoming_reconciliations {
DatesForm form_of(const json::Object& parameters) {
    const auto is_named = [&parameters](std::string_view name) {
        return json::find(parameters, name) != nullptr;
    };
    const bool is_list = is_named(kUpcomingReconciliations) && !is_named(kNextReconciliationDate) &&
                         !is_named(kDisplayAlertFrom);
    return is_list ? DatesForm::list : DatesForm::flat;
}

Result<ReconciliationStored> update_namespace_reconciliation(
    const UpdateNamespaceReconciliationRequest& request,
    NamespaceStore& namespaces,
    ReconciliationStore& reconciliations,
    const Clock& clock
) {
    std::vector<domain::ReconciliationDates> in_order = request.upcoming_reconciliations;
    if (in_order.empty()) {
        in_order.push_back(request);
    }
    const auto incomplete =
        std::ranges::find_if_not(in_order, &domain::ReconciliationDates::are_complete);
    if (incomplete != in_order.end()) {
        if (!namespaces.find(std::to_string(request.namespace_id))) {
            return namespace_not_found();
        }
        return record_failure(domain::faults_of(*incomplete));
    }
    // A namespace has one: whatever stands before the last would be replaced at once.
    const bool is_stored = reconciliations.put(
        {.namespace_id = {request.namespace_id},
         .next_reconciliation_date = *in_order.back().next_reconciliation_date,
         .display_alert_from = *in_order.back().display_alert_from},
        clock.now()
    );
    if (!is_stored) {
        return namespace_not_found();
    }
    return ReconciliationStored{};
}

}  // namespace innergate::handlers::upcoming_reconciliations
