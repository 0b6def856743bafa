// A namespace's subscription as the billing portal sees it.
#pragma once

#include <optional>
#include <string_view>

#include "app/clock.hpp"
#include "app/json/shape.hpp"
#include "handlers/stores/billing/namespace_store.hpp"
#include "handlers/stores/billing/subscription_store.hpp"

namespace innergate::handlers {

struct SubscriptionReply {
    std::optional<Subscription> subscription;  ///< nothing: every leaf is null
    bool is_upgradable = false;
    bool excludes_guests = false;
    long long seats_in_use = 0;
};

namespace detail {

/// An accessor of what `get` returns of the subscription. It returns an optional, which is empty
/// where there is no subscription.
template <class Get>
constexpr auto of_subscription(Get get) {
    return [get](const SubscriptionReply& reply) {
        return reply.subscription ? get(*reply.subscription)
                                  : std::invoke_result_t<const Get&, const Subscription&>{};
    };
}

}  // namespace detail

/// A namespace without a subscription has the same keys.
constexpr auto shape_of(std::type_identity<SubscriptionReply> /*type*/) {
    using Reply = SubscriptionReply;
    using detail::of_subscription;
    return shape::object<Reply>(
        shape::nested(
            "plan",
            "What was bought; all of it is null without a subscription",
            shape::member(
                "code",
                of_subscription([](const Subscription& subscription) {
                    return std::optional<std::string_view>{subscription.terms.plan};
                }),
                "The plan's name"
            ),
            shape::member(
                "name",
                of_subscription([](const Subscription& subscription) {
                    return std::optional<std::string_view>{
                        subscription.plan_title ? subscription.plan_title
                                                : subscription.terms.plan};
                }),
                "The plan's title, else its name"
            ),
            shape::member(
                "trial",
                of_subscription([](const Subscription& subscription) {
                    return std::optional{subscription.terms.is_trial};
                }),
                "Whether it is a trial"
            ),
            shape::member(
                "auto_renew",
                of_subscription([](const Subscription& subscription) {
                    return subscription.auto_renew;
                }),
                "Whether it is renewed when it ends; null: unknown"
            ),
            shape::member(
                "upgradable",
                [](const Reply& reply) {
                    return reply.subscription ? std::optional{reply.is_upgradable} : std::nullopt;
                },
                "Whether it is paid, has not ended and is below the top plans"
            ),
            shape::member(
                "exclude_guests",
                [](const Reply& reply) {
                    return reply.subscription ? std::optional{reply.excludes_guests} : std::nullopt;
                },
                "Whether guests take no seat"
            )
        ),
        shape::nested(
            "usage",
            "The seats; all of it is null without a subscription",
            shape::member(
                "seats_in_subscription",
                of_subscription([](const Subscription& subscription) {
                    return std::optional{subscription.terms.seats};
                }),
                "The seats that were bought"
            ),
            shape::member(
                "seats_in_use",
                [](const Reply& reply) {
                    return reply.subscription ? std::optional{reply.seats_in_use} : std::nullopt;
                },
                "The seats that members take now"
            ),
            shape::member(
                "max_seats_used",
                of_subscription([](const Subscription& subscription) {
                    return subscription.max_seats_used;
                }),
                "A stored figure, which changes by an update only"
            ),
            shape::member(
                "seats_owed",
                of_subscription([](const Subscription& subscription) {
                    return std::optional{subscription.seats_owed};
                }),
                "A stored figure, which changes by an update only"
            )
        ),
        shape::nested(
            "billing",
            "The dates; all of it is null without a subscription",
            shape::member(
                "subscription_start_date",
                of_subscription([](const Subscription& subscription) {
                    return std::optional{subscription.start_date};
                }),
                "When it begins"
            ),
            shape::member(
                "subscription_end_date",
                of_subscription([](const Subscription& subscription) {
                    return subscription.terms.end_date;
                }),
                "When it ends"
            ),
            shape::member(
                "trial_ends_on",
                of_subscription([](const Subscription& subscription) {
                    return subscription.trial_ends_on;
                }),
                "When the trial ends"
            )
        )
    );
}

/// Includes the seats that are in use now. `subscription` is the namespace's own.
[[nodiscard]] SubscriptionReply subscription_reply(
    const Namespace& owner,
    std::optional<Subscription> subscription,
    SubscriptionStore& subscriptions,
    Date today
);

}  // namespace innergate::handlers
