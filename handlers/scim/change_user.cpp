#include "handlers/scim/change_user.hpp"

#include <utility>
#include <vector>

#include "app/blank.hpp"
#include "handlers/scim/entity_tag.hpp"

namespace innergate::handlers::scim {
namespace {

using domain::scim::Change;

/// What both methods do once they know what is asked for.
struct Changed {
    ScimProvisioningStore& provisioning;
    ScimUserStore& users;
    const auth::ScimCaller& caller;
    const settings::Instance& instance;
    const routing::Preconditions& preconditions;

    Result<UserResource> operator()(
        const UserRequest& request, const Result<std::vector<Change>>& changes, Timestamp now
    ) const {
        const auto selection = selection_of({request.attributes, request.excluded_attributes});
        if (!selection) {
            return tl::unexpected(selection.error());
        }
        if (!changes) {
            // An unknown user is reported first, as GitLab does and readers of the RFC expect.
            return users.find(caller, request.id) ? tl::unexpected(changes.error())
                                                  : no_such_resource(request.id);
        }
        const auto changed = provisioning.change(
            caller, request.id, *changes, precondition(preconditions, users), now
        );
        if (!changed) {
            return tl::unexpected(changed.error());
        }
        auto user = users.find(*changed);
        if (!user) {  // somebody else was quicker to delete it
            return no_such_resource(request.id);
        }
        return user_resource(std::move(*user), *selection, instance, caller);
    }
};

}  // namespace

ScimPrecondition precondition(const routing::Preconditions& preconditions, ScimUserStore& users) {
    if (preconditions.if_match.empty()) {
        return {};
    }
    return [&preconditions, &users](ScimIdentityId identity_id) -> Result<void> {
        const auto user = users.find(identity_id);
        if (!user || !names_tag(preconditions.if_match, entity_tag(*user))) {
            return failure(
                ErrorCode::precondition_failed, "The resource has changed since it was read"
            );
        }
        return {};
    };
}

Result<std::variant<UserResource, routing::NoContent>> modify_user(
    const UserRequest& request,
    const routing::RequestDocument& document,
    const auth::ScimCaller& caller,
    ScimProvisioningStore& provisioning,
    ScimUserStore& users,
    const Clock& clock,
    const settings::Instance& instance,
    const routing::Preconditions& preconditions
) {
    const Changed change{provisioning, users, caller, instance, preconditions};
    auto resource = change(request, domain::scim::read_patch(document.members), clock.now());
    if (!resource) {
        return tl::unexpected(std::move(resource.error()));
    }
    const bool selects = !is_blank(request.attributes.value_or("")) ||
                         !is_blank(request.excluded_attributes.value_or(""));
    if (!selects) {
        return routing::NoContent{
            .status = 204,
            .headers = {{"Location", resource->location}, {"ETag", resource->version}}};
    }
    return std::move(*resource);
}

Result<UserResource> replace_user(
    const UserRequest& request,
    const routing::RequestDocument& document,
    const auth::ScimCaller& caller,
    ScimProvisioningStore& provisioning,
    ScimUserStore& users,
    const Clock& clock,
    const settings::Instance& instance,
    const routing::Preconditions& preconditions
) {
    const Changed change{provisioning, users, caller, instance, preconditions};
    return change(request, domain::scim::read_replacement(document.members), clock.now());
}

}  // namespace innergate::handlers::scim
