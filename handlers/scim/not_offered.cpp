#include "handlers/scim/not_offered.hpp"

#include "handlers/scim/show_user.hpp"

namespace innergate::handlers::scim {

Result<routing::NoContent> not_offered(const auth::ScimCaller& /*caller*/) {
    return failure(ErrorCode::not_implemented, "This operation is not offered");
}

Result<routing::NoContent> show_group(
    const GroupRequest& request, const auth::ScimCaller& /*caller*/
) {
    return no_such_resource(request.id);
}

Result<routing::NoContent> change_group(
    const GroupRequest& /*request*/, const auth::ScimCaller& caller
) {
    return not_offered(caller);
}

}  // namespace innergate::handlers::scim
