// GET /namespaces/:id/gitlab_subscription and
// /internal/gitlab_subscriptions/namespaces/:id/gitlab_subscription: what a namespace bought and
// uses.
#pragma once

#include "app/auth/caller.hpp"
#include "app/clock.hpp"
#include "app/error.hpp"
#include "handlers/entities/subscription.hpp"
#include "handlers/stores/billing/namespace_store.hpp"
#include "handlers/stores/billing/subscription_store.hpp"
#include "handlers/subscriptions/namespace_params.hpp"

namespace innergate::handlers::subscriptions {

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

}  // namespace innergate::handlers::subscriptions
