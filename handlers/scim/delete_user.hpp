// Take a person's access away; the account stays.
#pragma once

#include "app/auth/caller.hpp"
#include "app/clock.hpp"
#include "app/error.hpp"
#include "app/routing/reply.hpp"
#include "app/routing/scope.hpp"
#include "handlers/scim/show_user.hpp"
#include "handlers/stores/scim/scim_provisioning_store.hpp"
#include "handlers/stores/scim/scim_user_store.hpp"

namespace innergate::handlers::scim {

/// Errors: those of ScimProvisioningStore::remove(); precondition_failed where If-Match names
/// another version.
[[nodiscard]] Result<routing::NoContent> delete_user(
    const UserRequest& request,
    const auth::ScimCaller& caller,
    ScimProvisioningStore& provisioning,
    ScimUserStore& users,
    const Clock& clock,
    const routing::Preconditions& preconditions
);

}  // namespace innergate::handlers::scim
