// PUT /internal/gitlab_subscriptions/namespaces/:namespace_id/upcoming_reconciliations: announce
// the reconciliation of one namespace.
#pragma once

#include <string_view>
#include <vector>

#include "app/clock.hpp"
#include "app/error.hpp"
#include "app/json/shape.hpp"
#include "app/params/nested.hpp"
#include "app/params/schema.hpp"
#include "handlers/domain/reconciliation.hpp"
#include "handlers/stores/billing/namespace_store.hpp"
#include "handlers/stores/billing/reconciliation_store.hpp"

namespace innergate::handlers::upcoming_reconciliations {

/// How the dates are sent: by themselves, as the billing portal does, or in a list of objects, as
/// the API's documentation says.
enum class DatesForm { flat, list };

/// The list counts only where neither date stands outside of it.
[[nodiscard]] DatesForm form_of(const json::Object& parameters);

/// A parameter that is read only where the dates have that form.
template <class Rule>
struct OnlyIn {
    DatesForm form;
    Rule rule;

    template <class Request>
    void read(const json::Object& parameters, Request& request, params::Faults& faults) const {
        if (form_of(parameters) == form) {
            rule.read(parameters, request, faults);
        }
    }
    [[nodiscard]] constexpr params::Description describe() const {
        params::Description description = rule.describe();
        description.need = params::Need::optional;
        return description;
    }
};
template <class Rule>
OnlyIn(DatesForm, Rule) -> OnlyIn<Rule>;

/// The dates that it inherits are the flat ones.
struct UpdateNamespaceReconciliationRequest : domain::ReconciliationDates {
    long long namespace_id = 0;
    std::vector<domain::ReconciliationDates> upcoming_reconciliations;
};

inline constexpr std::string_view kNextReconciliationDate = "next_reconciliation_date";
inline constexpr std::string_view kDisplayAlertFrom = "display_alert_from";
inline constexpr std::string_view kUpcomingReconciliations = "upcoming_reconciliations";

/// A namespace that is named in the list beside the dates does not count.
inline constexpr auto kReconciliationDates = params::schema<domain::ReconciliationDates>(
    params::present(
        kNextReconciliationDate,
        &domain::ReconciliationDates::next_reconciliation_date,
        "When its seats are settled"
    ),
    params::present(
        kDisplayAlertFrom,
        &domain::ReconciliationDates::display_alert_from,
        "From when on its owners are told"
    )
);

inline constexpr auto kUpdateNamespaceReconciliationParams =
    params::schema<UpdateNamespaceReconciliationRequest>(
        params::required(
            "namespace_id",
            &UpdateNamespaceReconciliationRequest::namespace_id,
            "Id of the namespace"
        ),
        OnlyIn{
            DatesForm::flat,
            params::present<UpdateNamespaceReconciliationRequest, Date>(
                kNextReconciliationDate,
                &UpdateNamespaceReconciliationRequest::next_reconciliation_date,
                "When its seats are settled; required where no list is sent"
            )},
        OnlyIn{
            DatesForm::flat,
            params::present<UpdateNamespaceReconciliationRequest, Date>(
                kDisplayAlertFrom,
                &UpdateNamespaceReconciliationRequest::display_alert_from,
                "From when on its owners are told; required where no list is sent"
            )},
        OnlyIn{
            DatesForm::list,
            params::required_each(
                kUpcomingReconciliations,
                &UpdateNamespaceReconciliationRequest::upcoming_reconciliations,
                kReconciliationDates,
                "The two dates, where they are not sent by themselves; of several the last count",
                {.max_elements = 100, .names_indexes = false}
            )}
    );

/// GitLab answers with the bare number of its status.
struct ReconciliationStored {};

constexpr auto shape_of(std::type_identity<ReconciliationStored> /*type*/) {
    return shape::as<ReconciliationStored>([](const ReconciliationStored& /*stored*/) {
        return 200;
    });
}

/// Errors: not_found `404 Namespace Not Found`, then bad_request for a date that is null, in any
/// element.
[[nodiscard]] Result<ReconciliationStored> update_namespace_reconciliation(
    const UpdateNamespaceReconciliationRequest& request,
    NamespaceStore& namespaces,
    ReconciliationStore& reconciliations,
    const Clock& clock
);

}  // namespace innergate::handlers::upcoming_reconciliations
