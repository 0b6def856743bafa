// Search for users: by query, and by a document for what is too long or too private for a query.
#pragma once

#include <optional>
#include <string>

#include "app/auth/caller.hpp"
#include "app/error.hpp"
#include "app/params/schema.hpp"
#include "app/routing/scope.hpp"
#include "app/settings/instance.hpp"
#include "handlers/scim/list_response.hpp"
#include "handlers/scim/user_resource.hpp"
#include "handlers/stores/scim/scim_user_store.hpp"

namespace innergate::handlers::scim {

struct ListRequest {
    std::optional<std::string> filter;
    std::optional<long long> start_index;
    std::optional<long long> count;
    std::optional<std::string> sort_by;
    std::optional<std::string> sort_order;
    std::optional<std::string> attributes;
    std::optional<std::string> excluded_attributes;
};

inline constexpr auto kListParams = params::schema<ListRequest>(
    params::optional(
        "filter", &ListRequest::filter, R"(Which users, such as userName eq "jane"; all by default)"
    ),
    params::optional(
        "startIndex", &ListRequest::start_index, "Number of the first one to show; 1 by default"
    ),
    params::optional("count", &ListRequest::count, "How many to show; 20 by default, 100 at most"),
    params::optional("sortBy", &ListRequest::sort_by, "Attribute to sort by; by age by default"),
    params::optional("sortOrder", &ListRequest::sort_order, "ascending or descending"),
    params::optional(
        "attributes", &ListRequest::attributes, "Show these only, besides id and schemas"
    ),
    params::optional("excludedAttributes", &ListRequest::excluded_attributes, "Show all but these")
);

using UserList = ListResponse<UserResource>;

/// If the filter is `userName eq "…"` alone and nobody has that name, the user is found who has it
/// as id, or whose account has it as username or email: Entra and Okta look for people that way.
/// Errors: bad_request with invalidFilter or invalidValue.
[[nodiscard]] Result<UserList> list_users(
    const ListRequest& request,
    const auth::ScimCaller& caller,
    ScimUserStore& users,
    const settings::Instance& instance
);

/// As list_users(), with the same parameters as members of the body (RFC 7644 section 3.4.3).
[[nodiscard]] Result<UserList> search_users(
    const routing::RequestDocument& document,
    const auth::ScimCaller& caller,
    ScimUserStore& users,
    const settings::Instance& instance
);

/// There are no groups, so this is an empty list. Okta asks for it before anything else.
[[nodiscard]] Result<UserList> list_groups(
    const ListRequest& request, const auth::ScimCaller& caller
);

}  // namespace innergate::handlers::scim
