// Change a user, by single operations (PATCH) or as a whole (PUT).
#pragma once

#include <variant>

#include "app/auth/caller.hpp"
#include "app/clock.hpp"
#include "app/error.hpp"
#include "app/routing/reply.hpp"
#include "app/routing/scope.hpp"
#include "app/settings/instance.hpp"
#include "handlers/scim/show_user.hpp"
#include "handlers/scim/user_resource.hpp"
#include "handlers/stores/scim/scim_provisioning_store.hpp"
#include "handlers/stores/scim/scim_user_store.hpp"

namespace innergate::handlers::scim {

/// 204, or the user where attributes are selected (RFC 7644 section 3.5.2).
/// Errors: bad_request as domain::scim::read_patch(); precondition_failed where If-Match names
/// another version; those of ScimProvisioningStore::change().
[[nodiscard]] Result<std::variant<UserResource, routing::NoContent>> modify_user(
    const UserRequest& request,
    const routing::RequestDocument& document,
    const auth::ScimCaller& caller,
    ScimProvisioningStore& provisioning,
    ScimUserStore& users,
    const Clock& clock,
    const settings::Instance& instance,
    const routing::Preconditions& preconditions
);

/// Errors: as modify_user(), but bad_request as domain::scim::read_replacement().
[[nodiscard]] Result<UserResource> replace_user(
    const UserRequest& request,
    const routing::RequestDocument& document,
    const auth::ScimCaller& caller,
    ScimProvisioningStore& provisioning,
    ScimUserStore& users,
    const Clock& clock,
    const settings::Instance& instance,
    const routing::Preconditions& preconditions
);

/// What If-Match asks for; empty: nothing. Both arguments outlive it.
[[nodiscard]] ScimPrecondition precondition(
    const routing::Preconditions& preconditions, ScimUserStore& users
);

}  // namespace innergate::handlers::scim
