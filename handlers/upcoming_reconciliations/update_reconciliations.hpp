// PUT /internal/upcoming_reconciliations: announce the reconciliations of many namespaces.
#pragma once

#include <array>
#include <string>
#include <variant>
#include <vector>

#include "app/clock.hpp"
#include "app/json/shape.hpp"
#include "app/params/nested.hpp"
#include "app/params/schema.hpp"
#include "app/routing/slow_work.hpp"
#include "handlers/domain/reconciliation.hpp"
#include "handlers/stores/billing/reconciliation_store.hpp"

namespace innergate::handlers::upcoming_reconciliations {

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

/// GitLab answers with the bare number of its status.
struct AllStored {};

constexpr auto shape_of(std::type_identity<AllStored> /*type*/) {
    return shape::as<AllStored>([](const AllStored& /*stored*/) { return 200; });
}

/// A refusal. Entries that it does not name are stored all the same.
struct SomeNotStored {
    static constexpr std::array kStatuses{400};

    std::string failures;  ///< a JSON array in the order of the list
    std::string log_detail;

    [[nodiscard]] static int http_status() { return kStatuses.front(); }
};

constexpr auto shape_of(std::type_identity<SomeNotStored> /*type*/) {
    return shape::object<SomeNotStored>(shape::nested(
        "message",
        "What is wrong",
        shape::member(
            "error",
            &SomeNotStored::failures,
            "A JSON text: an array of objects, each with a namespace's id as the only name and the "
            "reason as its value"
        )
    ));
}

/// Each entry that can be stored is stored, whatever is wrong with the others. If the database is
/// lost on the way, none of them is stored: the client is told so (503) and may send the list
/// again. A long list is slow work.
[[nodiscard]] std::variant<AllStored, SomeNotStored> update_reconciliations(
    const UpdateReconciliationsRequest& request,
    ReconciliationStore& reconciliations,
    const Clock& clock,
    const routing::SlowWork& slow_work
);

}  // namespace innergate::handlers::upcoming_reconciliations
