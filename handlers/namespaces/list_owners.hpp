// GET /internal/gitlab_subscriptions/namespaces/:id/owners: whom the portal writes to about a
// group.
#pragma once

#include <string>
#include <vector>

#include "app/clock.hpp"
#include "app/error.hpp"
#include "app/http/response.hpp"
#include "app/json/shape.hpp"
#include "app/params/schema.hpp"
#include "app/routing/pagination.hpp"
#include "app/routing/scope.hpp"
#include "handlers/stores/billing/namespace_store.hpp"
#include "handlers/stores/identity/group_owner_store.hpp"

namespace innergate::handlers {

constexpr auto shape_of(std::type_identity<GroupOwner> /*type*/) {
    constexpr int kOwner = 50;
    return shape::object<GroupOwner>(
        shape::nested(
            "user",
            "Who owns the group",
            shape::member("id", &GroupOwner::id, "The user's id"),
            shape::member("username", &GroupOwner::username, "The name of the account"),
            shape::member("name", &GroupOwner::name, "The full name")
        ),
        shape::constant("access_level", kOwner, "The level of owners"),
        shape::member(
            "notification_email",
            &GroupOwner::notification_email,
            "The address for mail about the group"
        )
    );
}

}  // namespace innergate::handlers

namespace innergate::handlers::namespaces {

struct OwnersRequest {
    std::string id;
    routing::PageWish wish;
};

/// Pages are not checked: a value that is not a number counts as not given.
inline constexpr auto kOwnersParams = params::schema<OwnersRequest>(
    params::required("id", &OwnersRequest::id, "Id or URL-encoded full path of the group"),
    routing::page_number(&OwnersRequest::wish, routing::PageFaults::ignored),
    routing::page_size(&OwnersRequest::wish, routing::PageFaults::ignored)
);

struct OwnersReply {
    GroupOwners owners;
    routing::PageWish wish;
    std::string url;

    [[nodiscard]] std::vector<http::ResponseField> headers() const;
};

constexpr auto shape_of(std::type_identity<OwnersReply> /*type*/) {
    return shape::as<OwnersReply>([](const OwnersReply& reply) -> const auto& {
        return reply.owners.page;
    });
}

/// Direct owners only: neither those of a group above nor those of one below.
/// Errors: not_found `404 Group Namespace Not Found`, for personal namespaces too.
[[nodiscard]] Result<OwnersReply> list_owners(
    const OwnersRequest& request,
    NamespaceStore& namespaces,
    GroupOwnerStore& owners,
    const Clock& clock,
    const routing::RequestUrl& url
);

}  // namespace innergate::handlers::namespaces
