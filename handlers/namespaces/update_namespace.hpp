// PUT /internal/gitlab_subscriptions/namespaces/:id: what was bought for a namespace.
#pragma once

#include <optional>
#include <string>

#include "app/clock.hpp"
#include "app/error.hpp"
#include "app/params/nested.hpp"
#include "app/params/schema.hpp"
#include "handlers/domain/namespace_quotas.hpp"
#include "handlers/namespaces/namespace_reply.hpp"
#include "handlers/stores/billing/namespace_store.hpp"
#include "handlers/subscriptions/subscription_attributes.hpp"

namespace innergate::handlers::namespaces {

/// The quotas stand beside the id, not in a hash of their own.
struct UpdateNamespaceRequest : domain::QuotaAttributes {
    std::string id;
    std::optional<domain::SubscriptionAttributes> subscription;
};

inline constexpr auto kUpdateNamespaceParams = params::schema<UpdateNamespaceRequest>(
    params::required("id", &UpdateNamespaceRequest::id, "Id or URL-encoded full path"),
    params::nullable(
        "shared_runners_minutes_limit",
        &UpdateNamespaceRequest::shared_runners_minutes_limit,
        "Compute minutes in a month; null: those of the instance; subgroups have none of their own"
    ),
    params::nullable(
        "extra_shared_runners_minutes_limit",
        &UpdateNamespaceRequest::extra_shared_runners_minutes_limit,
        "Compute minutes that were bought besides, in all; null: none"
    ),
    params::nullable(
        "additional_purchased_storage_size",
        &UpdateNamespaceRequest::additional_purchased_storage_size,
        "Storage that was bought besides, in all, in MiB"
    ),
    params::nullable(
        "additional_purchased_storage_ends_on",
        &UpdateNamespaceRequest::additional_purchased_storage_ends_on,
        "Last day of that storage; null: it stays"
    ),
    params::optional_hash(
        "gitlab_subscription_attributes",
        &UpdateNamespaceRequest::subscription,
        subscriptions::kSubscriptionAttributes,
        "Changes the subscription, or adds one; empty: neither"
    )
);

/// Both or neither: quotas and subscription change together. A subscription that is added without
/// `start_date` starts today.
///
/// Errors: not_found `404 Namespace Not Found`; bad_request for a subscription of a subgroup; the
/// faults of the record, those of the namespace first, then those of `gitlab_subscription.…`.
[[nodiscard]] Result<NamespaceReply> update_namespace(
    const UpdateNamespaceRequest& request,
    NamespaceStore& known,
    BilledNamespaceStore& namespaces,
    SubscriptionStore& subscriptions,
    const settings::Instance& instance,
    const Clock& clock
);

}  // namespace innergate::handlers::namespaces
