#include "handlers/storage/delete_limit_exclusion.hpp"

#include "handlers/storage/exclusion_access.hpp"

namespace innergate::handlers::storage {

Result<routing::NoContent> delete_limit_exclusion(
    const DeleteLimitExclusionRequest& request,
    NamespaceStore& namespaces,
    LimitExclusionStore& exclusions,
    const auth::UserCaller& caller,
    const settings::Billing& billing
) {
    if (auto permitted = require_exclusions(caller, billing); !permitted) {
        return tl::unexpected(std::move(permitted.error()));
    }
    const auto root = find_root(request.id, namespaces);
    if (!root) {
        return tl::unexpected(root.error());
    }
    if (!exclusions.remove(root->id)) {
        return failure(ErrorCode::bad_request, "400 Bad request - not excluded");
    }
    return routing::NoContent{};
}

}  // namespace innergate::handlers::storage
