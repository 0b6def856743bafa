#include "handlers/scim/delete_user.hpp"

#include "handlers/scim/change_user.hpp"

namespace innergate::handlers::scim {

Result<routing::NoContent> delete_user(
    const UserRequest& request,
    const auth::ScimCaller& caller,
    ScimProvisioningStore& provisioning,
    ScimUserStore& users,
    const Clock& clock,
    const routing::Preconditions& preconditions
) {
    return provisioning.remove(caller, request.id, precondition(preconditions, users), clock.now())
        .map([] { return routing::NoContent{}; });
}

}  // namespace innergate::handlers::scim
