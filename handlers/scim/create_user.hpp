// Give a person access.
#pragma once

#include "app/auth/caller.hpp"
#include "app/clock.hpp"
#include "app/error.hpp"
#include "app/routing/scope.hpp"
#include "app/settings/instance.hpp"
#include "handlers/scim/user_resource.hpp"
#include "handlers/stores/scim/scim_provisioning_store.hpp"
#include "handlers/stores/scim/scim_user_store.hpp"

namespace innergate::handlers::scim {

/// Errors: bad_request (invalidValue); those of ScimProvisioningStore::create().
[[nodiscard]] Result<UserResource> create_user(
    const SelectionRequest& request,
    const routing::RequestDocument& document,
    const auth::ScimCaller& caller,
    ScimProvisioningStore& provisioning,
    ScimUserStore& users,
    const Clock& clock,
    const settings::Instance& instance
);

}  // namespace innergate::handlers::scim
