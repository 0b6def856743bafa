#include "handlers/scim/create_user.hpp"

#include <utility>

#include "handlers/scim/show_user.hpp"

namespace innergate::handlers::scim {

Result<UserResource> create_user(
    const SelectionRequest& request,
    const routing::RequestDocument& document,
    const auth::ScimCaller& caller,
    ScimProvisioningStore& provisioning,
    ScimUserStore& users,
    const Clock& clock,
    const settings::Instance& instance
) {
    const auto selection = selection_of(request);
    if (!selection) {
        return tl::unexpected(selection.error());
    }
    const auto wanted = domain::scim::read_new_user(document.members);
    if (!wanted) {
        return tl::unexpected(wanted.error());
    }
    const auto created = provisioning.create(caller, *wanted, clock.now());
    if (!created) {
        return tl::unexpected(created.error());
    }
    auto user = users.find(*created);
    if (!user) {  // somebody else was quicker to delete it
        return no_such_resource(wanted->id.value_or(wanted->user_name));
    }
    return user_resource(std::move(*user), *selection, instance, caller);
}

}  // namespace innergate::handlers::scim
