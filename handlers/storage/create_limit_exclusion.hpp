// POST /namespaces/:id/storage/limit_exclusion: let no storage limit hold a namespace.
#pragma once

#include <optional>
#include <string>

#include "app/auth/caller.hpp"
#include "app/clock.hpp"
#include "app/error.hpp"
#include "app/params/schema.hpp"
#include "app/settings/billing.hpp"
#include "handlers/stores/billing/limit_exclusion_store.hpp"
#include "handlers/stores/billing/namespace_store.hpp"

namespace innergate::handlers::storage {

struct CreateLimitExclusionRequest {
    std::string id;
    std::optional<std::string> reason;
};

inline constexpr auto kCreateLimitExclusionParams = params::schema<CreateLimitExclusionRequest>(
    params::required(
        "id", &CreateLimitExclusionRequest::id, "Id or URL-encoded full path of the namespace"
    ),
    params::present(
        "reason",
        &CreateLimitExclusionRequest::reason,
        "Why no limit holds it, up to 255 characters"
    )
);

/// Errors, in this order: as require_exclusions(), as find_root(); bad_request `already excluded`;
/// bad_request for a reason that cannot be stored.
[[nodiscard]] Result<LimitExclusion> create_limit_exclusion(
    const CreateLimitExclusionRequest& request,
    NamespaceStore& namespaces,
    LimitExclusionStore& exclusions,
    const auth::UserCaller& caller,
    const settings::Billing& billing,
    const Clock& clock
);

}  // namespace innergate::handlers::storage
