// DELETE /internal/upcoming_reconciliations and
// DELETE /internal/gitlab_subscriptions/namespaces/:namespace_id/upcoming_reconciliations: take
// back the reconciliation that was announced for a namespace.
#pragma once

#include "app/error.hpp"
#include "app/params/schema.hpp"
#include "app/routing/reply.hpp"
#include "handlers/stores/billing/reconciliation_store.hpp"

namespace innergate::handlers::upcoming_reconciliations {

struct DeleteReconciliationRequest {
    long long namespace_id = 0;
};

inline constexpr auto kDeleteReconciliationParams =
    params::schema<DeleteReconciliationRequest>(params::required_filled(
        "namespace_id", &DeleteReconciliationRequest::namespace_id, "Id of the namespace"
    ));

/// Where the path names the namespace.
inline constexpr auto kDeleteNamespaceReconciliationParams =
    params::schema<DeleteReconciliationRequest>(params::required(
        "namespace_id", &DeleteReconciliationRequest::namespace_id, "Id of the namespace"
    ));

/// Errors: not_found when there is no reconciliation, or no such namespace.
[[nodiscard]] Result<routing::NoContent> delete_reconciliation(
    const DeleteReconciliationRequest& request, ReconciliationStore& reconciliations
);

}  // namespace innergate::handlers::upcoming_reconciliations
