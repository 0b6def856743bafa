// One user.
#pragma once

#include <optional>
#include <string>
#include <variant>

#include "app/auth/caller.hpp"
#include "app/error.hpp"
#include "app/params/schema.hpp"
#include "app/routing/reply.hpp"
#include "app/routing/scope.hpp"
#include "app/settings/instance.hpp"
#include "handlers/scim/user_resource.hpp"
#include "handlers/stores/scim/scim_user_store.hpp"

namespace innergate::handlers::scim {

/// Of all requests for one user.
struct UserRequest {
    std::string id;
    std::optional<std::string> attributes;
    std::optional<std::string> excluded_attributes;
};

inline constexpr auto kUserParams = params::schema<UserRequest>(
    params::required("id", &UserRequest::id, "The user's id, or an externalId it had before"),
    params::optional(
        "attributes", &UserRequest::attributes, "Show these only, besides id and schemas"
    ),
    params::optional("excludedAttributes", &UserRequest::excluded_attributes, "Show all but these")
);

[[nodiscard]] tl::unexpected<Error> no_such_resource(std::string_view id);

/// 304 where If-None-Match names the user's entity tag. Errors: not_found.
[[nodiscard]] Result<std::variant<UserResource, routing::NoContent>> show_user(
    const UserRequest& request,
    const auth::ScimCaller& caller,
    ScimUserStore& users,
    const settings::Instance& instance,
    const routing::Preconditions& preconditions
);

}  // namespace innergate::handlers::scim
