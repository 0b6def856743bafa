// A namespace as the billing portal is shown one.
#pragma once

#include <optional>
#include <string>

#include "app/json/writer.hpp"
#include "app/settings/settings.hpp"
#include "handlers/stores/billed_namespace_store.hpp"
#include "handlers/stores/subscription_store.hpp"

namespace innergate::handlers::namespaces {

struct NamespaceReply {
    BilledNamespace billed;
    std::optional<std::string> avatar_url;
    std::string web_url;
    long long billable_members_count = 0;
    std::optional<GroupFigures> figures;  ///< of a group
};

/// Counts what is counted, and makes the addresses.
[[nodiscard]] NamespaceReply reply_about(
    BilledNamespace billed,
    BilledNamespaceStore& namespaces,
    SubscriptionStore& subscriptions,
    const settings::Instance& instance
);

/// The documented keys in their order, then those that later servers add. A personal namespace
/// lacks the three figures that only groups have.
void write_json(json::Writer& writer, const NamespaceReply& reply);

}  // namespace innergate::handlers::namespaces
