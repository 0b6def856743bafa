#include "handlers/subscriptions/update_subscription.hpp"

#include <utility>

#include "handlers/namespace_failures.hpp"

namespace innergate::handlers::subscriptions {

Result<SubscriptionReply> update_subscription(
    const UpdateSubscriptionRequest& request,
    NamespaceStore& namespaces,
    SubscriptionStore& subscriptions,
    const Clock& clock
) {
    const auto found = namespaces.find(request.target.id);
    if (!found) {
        return namespace_not_found();
    }
    if (!request.rest) {
        return tl::unexpected(request.rest.error());
    }
    const Timestamp now = clock.now();
    const auto attributes = domain::with_trial_start(*request.rest);
    const auto count_seats = [&](const std::optional<std::string>& plan) {
        return subscriptions.count_seats(found->id, found->kind, plan);
    };
    auto changed = subscriptions.change(
        found->id,
        [&](const domain::SubscriptionRecord& record) {
            return domain::changed(record, attributes, count_seats, now);
        },
        now
    );
    if (!changed) {
        return failure(ErrorCode::not_found, "404 GitlabSubscription Not Found");
    }
    if (!*changed) {
        return record_failure(std::move(changed->error()));
    }
    return subscription_reply(*found, std::move(**changed), subscriptions, clock.today());
}

}  // namespace innergate::handlers::subscriptions
