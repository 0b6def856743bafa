// A namespace's subscription as the billing portal sees it.
#pragma once

#include <optional>

#include "app/clock.hpp"
#include "app/json/writer.hpp"
#include "handlers/stores/namespace_store.hpp"
#include "handlers/stores/subscription_store.hpp"

namespace innergate::handlers {

struct SubscriptionReply {
    std::optional<Subscription> subscription;  ///< nothing: every leaf is null
    bool is_upgradable = false;
    bool excludes_guests = false;
    long long seats_in_use = 0;
};

/// With the seats that are in use now. `subscription`: the namespace's own.
[[nodiscard]] SubscriptionReply subscription_reply(
    const Namespace& owner,
    std::optional<Subscription> subscription,
    SubscriptionStore& subscriptions,
    Date today
);

/// `{"plan":{…},"usage":{…},"billing":{…}}`; a namespace without a subscription has the same keys.
void write_json(json::Writer& writer, const SubscriptionReply& reply);

}  // namespace innergate::handlers
