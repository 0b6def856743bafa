// PUT /internal/upcoming_reconciliations: announce the reconciliations of many namespaces.
#pragma once

#include <string>
#include <vector>

#include "app/clock.hpp"
#include "app/json/writer.hpp"
#include "app/params/nested.hpp"
#include "app/params/schema.hpp"
#include "app/routing/slow_work.hpp"
#include "handlers/domain/reconciliation.hpp"
#include "handlers/stores/reconciliation_store.hpp"

namespace innergate::handlers::reconciliations {

struct ReconciliationOfNamespace : domain::ReconciliationDates {
    long long namespace_id = 0;
};

struct UpdateReconciliationsRequest {
    std::vector<ReconciliationOfNamespace> upcoming_reconciliations;
};

inline constexpr auto kReconciliationOfNamespace = params::schema<ReconciliationOfNamespace>(
    params::required_filled(
        "namespace_id", &ReconciliationOfNamespace::namespace_id, "Id of the namespace"
    ),
    params::present<ReconciliationOfNamespace, Date>(
        "next_reconciliation_date",
        &ReconciliationOfNamespace::next_reconciliation_date,
        "When its seats are settled"
    ),
    params::present<ReconciliationOfNamespace, Date>(
        "display_alert_from",
        &ReconciliationOfNamespace::display_alert_from,
        "From when on its owners are told"
    )
);

/// The portal may send the list as a JSON text.
inline constexpr auto kUpdateReconciliationsParams =
    params::schema<UpdateReconciliationsRequest>(params::required_each(
        "upcoming_reconciliations",
        &UpdateReconciliationsRequest::upcoming_reconciliations,
        kReconciliationOfNamespace,
        "One for each namespace; of several for one the last counts",
        {.max_elements = 10'000,
         .may_be_empty = true,
         .names_indexes = false,
         .reads_json_text = true}
    ));

/// What became of the list. With failures it is a refusal, though the others are stored.
struct ReconciliationsReply {
    struct Failure {
        long long namespace_id = 0;
        std::string text;
    };

    std::vector<Failure> failures;  ///< in the order of the list
    std::string log_detail;

    [[nodiscard]] int http_status() const;
};

/// Those that can be stored are, whatever is wrong with the others. A database that is lost on the
/// way has stored none of them; the client is told so (503) and may send the list again. A long
/// list is slow work.
[[nodiscard]] ReconciliationsReply update_reconciliations(
    const UpdateReconciliationsRequest& request,
    ReconciliationStore& reconciliations,
    const Clock& clock,
    const routing::SlowWork& slow_work
);

/// `200`, or the failures as a JSON text: `{"message":{"error":"[{\"999\":\"Validation failed:
/// Namespace can't be blank\"}]"}}`.
void write_json(json::Writer& writer, const ReconciliationsReply& reply);

}  // namespace innergate::handlers::reconciliations
