// GET /internal/gitlab_subscriptions/namespaces/:id: what a namespace is, holds and uses.
#pragma once

#include <string>

#include "app/error.hpp"
#include "app/params/schema.hpp"
#include "handlers/namespaces/namespace_reply.hpp"

namespace innergate::handlers::namespaces {

struct ShowNamespaceRequest {
    std::string id;
};

inline constexpr auto kShowNamespaceParams = params::schema<ShowNamespaceRequest>(params::required(
    "id", &ShowNamespaceRequest::id, "Id or URL-encoded full path of the namespace"
));

/// Groups and personal namespaces, subgroups too. Errors: not_found `404 Namespace Not Found`.
[[nodiscard]] Result<NamespaceReply> show_namespace(
    const ShowNamespaceRequest& request,
    BilledNamespaceStore& namespaces,
    SubscriptionStore& subscriptions,
    const settings::Instance& instance
);

}  // namespace innergate::handlers::namespaces
