// What all endpoints of storage limit exclusions check, in the order of the checks.
#pragma once

#include <string_view>

#include "app/auth/caller.hpp"
#include "app/error.hpp"
#include "app/settings/billing.hpp"
#include "handlers/stores/billing/namespace_store.hpp"

namespace innergate::handlers::storage {

/// Errors: forbidden for everybody who is no administrator, then where `billing.saas` is off.
/// GitLab checks the parameters before this, so it cannot be a policy.
[[nodiscard]] Result<void> require_exclusions(
    const auth::UserCaller& caller, const settings::Billing& billing
);

/// Errors: not_found `404 Namespace Not Found`; bad_request for a group within another.
[[nodiscard]] Result<Namespace> find_root(
    std::string_view id_or_full_path, NamespaceStore& namespaces
);

}  // namespace innergate::handlers::storage
