// GET /namespaces/:id/gitlab_subscription: what a namespace bought and uses.
#pragma once

#include <optional>
#include <string>

#include "app/auth/caller.hpp"
#include "app/clock.hpp"
#include "app/error.hpp"
#include "app/json/writer.hpp"
#include "app/params/schema.hpp"
#include "handlers/stores/namespace_store.hpp"
#include "handlers/stores/subscription_store.hpp"

namespace innergate::handlers::subscriptions {

struct NamespaceRequest {
    std::string id;
};

inline constexpr auto kNamespaceParams = params::schema<NamespaceRequest>(
    params::required("id", &NamespaceRequest::id, "Id or URL-encoded full path of the namespace")
);

struct SubscriptionReply {
    std::optional<Subscription> subscription;  ///< nothing: every leaf is null
    bool is_upgradable = false;
    bool excludes_guests = false;
    long long seats_in_use = 0;
};

/// For administrators and owners of the namespace.
/// Errors: not_found `404 Namespace Not Found` (also for a stranger, who must not learn that it
/// exists); forbidden for any other member.
[[nodiscard]] Result<SubscriptionReply> show_subscription(
    const NamespaceRequest& request,
    NamespaceStore& namespaces,
    SubscriptionStore& subscriptions,
    const auth::UserCaller& caller,
    const Clock& clock
);

/// `{"plan":{…},"usage":{…},"billing":{…}}`; a namespace without a subscription has the same keys.
void write_json(json::Writer& writer, const SubscriptionReply& reply);

}  // namespace innergate::handlers::subscriptions
