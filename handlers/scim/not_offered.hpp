// What SCIM knows and this server does not do.
#pragma once

#include "app/auth/caller.hpp"
#include "app/error.hpp"
#include "app/params/schema.hpp"
#include "app/routing/operation.hpp"
#include "app/routing/reply.hpp"

namespace innergate::handlers::scim {

/// Always not_implemented: bulk operations, `/Me`, changes of groups.
[[nodiscard]] Result<routing::NoContent> not_offered(const auth::ScimCaller& caller);

struct GroupRequest {
    std::string id;
};

inline constexpr auto kGroupParams =
    params::schema<GroupRequest>(params::required("id", &GroupRequest::id, "A SCIM group's id"));

/// Always not_found: nobody can make one.
[[nodiscard]] Result<routing::NoContent> show_group(
    const GroupRequest& request, const auth::ScimCaller& caller
);

/// As not_offered(), of a group.
[[nodiscard]] Result<routing::NoContent> change_group(
    const GroupRequest& request, const auth::ScimCaller& caller
);

}  // namespace innergate::handlers::scim
