// PUT /namespaces/:id/gitlab_subscription: what a namespace bought changes.
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

using UpdateSubscriptionRequest = params::Deferred<NamespaceRequest, SubscriptionAttributes>;

inline constexpr auto kChangedSubscriptionAttributes = attributes_schema(kStartDate, kPlanAlias);
inline constexpr auto kUpdateSubscriptionParams =
    params::deferred(kNamespaceParams, kChangedSubscriptionAttributes);

/// What is not given stays. Changes at the same time do not overwrite each other. domain::changed()
/// says which seats are counted anew.
/// Errors, in this order: not_found `404 Namespace Not Found`; bad_request for parameters;
/// not_found `404 GitlabSubscription Not Found`; bad_request for faults of the record.
[[nodiscard]] Result<SubscriptionReply> update_subscription(
    const UpdateSubscriptionRequest& request,
    NamespaceStore& namespaces,
    SubscriptionStore& subscriptions,
    const Clock& clock
);

}  // namespace innergate::handlers::subscriptions
