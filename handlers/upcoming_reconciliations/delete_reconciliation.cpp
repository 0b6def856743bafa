#include "handlers/upcoming_reconciliations/delete_reconciliation.hpp"

namespace innergate::handlers::upcoming_reconciliations {

Result<routing::NoContent> delete_reconciliation(
    const DeleteReconciliationRequest& request, ReconciliationStore& reconciliations
) {
    if (!reconciliations.remove({request.namespace_id})) {
        return failure(ErrorCode::not_found, "404 Not Found");
    }
    return routing::NoContent{};
}

}  // namespace innergate::handlers::upcoming_reconciliations
