#include "handlers/scim/show_user.hpp"

#include <utility>

#include <fmt/format.h>

#include "handlers/scim/entity_tag.hpp"

namespace innergate::handlers::scim {

tl::unexpected<Error> no_such_resource(std::string_view id) {
    return failure(ErrorCode::not_found, fmt::format("Resource {} not found", id));
}

Result<std::variant<UserResource, routing::NoContent>> show_user(
    const UserRequest& request,
    const auth::ScimCaller& caller,
    ScimUserStore& users,
    const settings::Instance& instance,
    const routing::Preconditions& preconditions
) {
    const auto selection = selection_of({request.attributes, request.excluded_attributes});
    if (!selection) {
        return tl::unexpected(selection.error());
    }
    auto user = users.find(caller, request.id);
    if (!user) {
        return no_such_resource(request.id);
    }
    UserResource resource = user_resource(std::move(*user), *selection, instance, caller);
    if (names_tag(preconditions.if_none_match, resource.version)) {
        return routing::NoContent{.status = 304, .headers = {{"ETag", resource.version}}};
    }
    return resource;
}

}  // namespace innergate::handlers::scim
