// DELETE /namespaces/:id/storage/limit_exclusion: let the storage limit hold a namespace again.
#pragma once

#include <string>

#include "app/auth/caller.hpp"
#include "app/error.hpp"
#include "app/params/schema.hpp"
#include "app/routing/reply.hpp"
#include "app/settings/billing.hpp"
#include "handlers/stores/billing/limit_exclusion_store.hpp"
#include "handlers/stores/billing/namespace_store.hpp"

namespace innergate::handlers::storage {

struct DeleteLimitExclusionRequest {
    std::string id;
};

inline constexpr auto kDeleteLimitExclusionParams =
    params::schema<DeleteLimitExclusionRequest>(params::required(
        "id", &DeleteLimitExclusionRequest::id, "Id or URL-encoded full path of the namespace"
    ));

/// Errors, in this order: as require_exclusions(), as find_root(); bad_request `not excluded`.
[[nodiscard]] Result<routing::NoContent> delete_limit_exclusion(
    const DeleteLimitExclusionRequest& request,
    NamespaceStore& namespaces,
    LimitExclusionStore& exclusions,
    const auth::UserCaller& caller,
    const settings::Billing& billing
);

}  // namespace innergate::handlers::storage
