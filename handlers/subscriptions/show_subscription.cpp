#include "handlers/subscriptions/show_subscription.hpp"

#include "handlers/namespace_failures.hpp"

namespace innergate::handlers::subscriptions {
namespace {

constexpr int kOwner = 50;

}  // namespace

Result<SubscriptionReply> show_subscription(
    const NamespaceRequest& request,
    NamespaceStore& namespaces,
    SubscriptionStore& subscriptions,
    const auth::UserCaller& caller,
    const Clock& clock
) {
    const auto found = namespaces.find(request.id, caller.id, clock.today());
    if (!found || (!caller.is_admin && found->access_level == 0)) {
        return namespace_not_found();
    }
    if (!caller.is_admin && found->access_level < kOwner) {
        return failure(ErrorCode::forbidden, "403 Forbidden", "not an owner of the namespace");
    }
    return subscription_reply(*found, subscriptions.find(found->id), subscriptions, clock.today());
}

}  // namespace innergate::handlers::subscriptions
