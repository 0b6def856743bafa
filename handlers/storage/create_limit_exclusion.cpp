#include "handlers/storage/create_limit_exclusion.hpp"

#include "handlers/domain/exclusion_reason.hpp"
#include "handlers/namespace_failures.hpp"
#include "handlers/storage/exclusion_access.hpp"

namespace innergate::handlers::storage {
namespace {

tl::unexpected<Error> already_excluded() {
    return failure(ErrorCode::bad_request, "400 Bad request - already excluded");
}

}  // namespace

Result<LimitExclusion> create_limit_exclusion(
    const CreateLimitExclusionRequest& request,
    NamespaceStore& namespaces,
    LimitExclusionStore& exclusions,
    const auth::UserCaller& caller,
    const settings::Billing& billing,
    const Clock& clock
) {
    if (auto permitted = require_exclusions(caller, billing); !permitted) {
        return tl::unexpected(std::move(permitted.error()));
    }
    const auto root = find_root(request.id, namespaces);
    if (!root) {
        return tl::unexpected(root.error());
    }
    if (auto faults = domain::faults_of_reason(request.reason); !faults.empty()) {
        if (exclusions.has(root->id)) {
            return already_excluded();
        }
        return record_failure({{"reason", std::move(faults)}});
    }
    const auto id = exclusions.add(root->id, *request.reason, clock.now());
    if (!id) {
        switch (id.error()) {
            case NotAdded::has_one:
                return already_excluded();
            case NotAdded::no_namespace:
                return namespace_not_found();
        }
    }
    return LimitExclusion{
        .id = *id,
        .namespace_id = root->id,
        .namespace_name = root->name,
        .reason = *request.reason,
    };
}

}  // namespace innergate::handlers::storage
