#include "handlers/subscriptions/create_subscription.hpp"

#include "handlers/namespace_failures.hpp"

namespace innergate::handlers::subscriptions {
namespace {

tl::unexpected<Error> taken() {
    return record_failure({{.column = "namespace_id", .texts = {"has already been taken"}}});
}

}  // namespace

Result<SubscriptionReply> create_subscription(
    const CreateSubscriptionRequest& request,
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
    if (!found->is_root()) {
        return not_a_root_namespace(found->name);
    }
    if (subscriptions.find(found->id)) {
        return taken();
    }
    const auto record = domain::created(domain::with_trial_start(*request.rest));
    if (!record) {
        return record_failure(record.error());
    }
    if (const auto added = subscriptions.add(found->id, *record, clock.now()); !added) {
        return added.error() == NotAdded::has_one ? taken()
                                                  : namespace_not_found("deleted meanwhile");
    }
    return subscription_reply(*found, subscriptions.find(found->id), subscriptions, clock.today());
}

}  // namespace innergate::handlers::subscriptions
