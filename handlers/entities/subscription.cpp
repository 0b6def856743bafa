#include "handlers/entities/subscription.hpp"

#include <utility>

namespace innergate::handlers {

SubscriptionReply subscription_reply(
    const Namespace& owner,
    std::optional<Subscription> subscription,
    SubscriptionStore& subscriptions,
    Date today
) {
    SubscriptionReply reply{.subscription = std::move(subscription)};
    if (reply.subscription) {
        const domain::SubscriptionTerms& terms = reply.subscription->terms;
        reply.is_upgradable = domain::is_upgradable(terms, today);
        reply.excludes_guests = owner.kind == NamespaceKind::group && terms.plan &&
                                domain::excludes_guests(*terms.plan);
        reply.seats_in_use = subscriptions.count_seats(
            owner.id, owner.kind, terms.plan, reply.subscription->figures_at
        );
    }
    return reply;
}

}  // namespace innergate::handlers
