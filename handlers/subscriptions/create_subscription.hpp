// POST /namespaces/:id/gitlab_subscription: a namespace bought something.
#pragma once

#include "app/clock.hpp"
#include "app/error.hpp"
#include "app/params/deferred.hpp"
#include "handlers/entities/subscription.hpp"
#include "handlers/stores/billing/namespace_store.hpp"
#include "handlers/stores/billing/subscription_store.hpp"
#include "handlers/subscriptions/namespace_params.hpp"
#include "handlers/subscriptions/subscription_attributes.hpp"

namespace innergate::handlers::subscriptions {

using CreateSubscriptionRequest = params::Deferred<NamespaceRequest, SubscriptionAttributes>;

inline constexpr auto kNewSubscriptionAttributes =
    attributes_schema(RequiredStartDate{kStartDate}, kPlanAlias);
inline constexpr auto kCreateSubscriptionParams =
    params::deferred(kNamespaceParams, kNewSubscriptionAttributes);

/// Computes nothing: the maximum of seats is the one given, even if there are members already.
/// Errors, in this order: not_found `404 Namespace Not Found`; bad_request for parameters, for what
/// is no root namespace, `namespace_id` `has already been taken`, faults of the record. If two
/// requests come at once, one subscription is created.
[[nodiscard]] Result<SubscriptionReply> create_subscription(
    const CreateSubscriptionRequest& request,
    NamespaceStore& namespaces,
    SubscriptionStore& subscriptions,
    const Clock& clock
);

}  // namespace innergate::handlers::subscriptions
