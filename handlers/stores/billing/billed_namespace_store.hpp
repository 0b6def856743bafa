// Namespaces as the billing portal sees them: what was bought for one, and how large it is.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "app/clock.hpp"
#include "app/error.hpp"
#include "app/ids.hpp"
#include "handlers/domain/namespace_quotas.hpp"
#include "handlers/domain/subscription_change.hpp"
#include "handlers/stores/billing/namespace_figures.hpp"
#include "handlers/stores/billing/namespace_store.hpp"

namespace innergate::db {
class Session;
}

namespace innergate::handlers {

/// The namespace's own subscription, not one that it inherits.
struct OwnSubscription {
    bool is_trial = false;
    std::optional<Date> trial_ends_on;
    std::optional<Date> end_date;
    std::optional<long long> max_seats_used;
    std::optional<Timestamp> max_seats_used_changed_at;
};

struct BilledNamespace {
    NamespaceId id;
    std::string name;
    std::string path;
    std::string full_path;
    std::optional<long long> parent_id;
    std::optional<std::string> avatar;          ///< of a personal namespace: its owner's
    std::optional<std::string> owner_username;  ///< of a personal namespace; nothing: a group
    std::optional<std::string> actual_plan;     ///< the root's; nothing: it has none
    std::optional<OwnSubscription> subscription;
    domain::NamespaceQuotas quotas;
    FigureVersion figures_at;  ///< when it was read

    [[nodiscard]] NamespaceKind kind() const {
        return owner_username ? NamespaceKind::user : NamespaceKind::group;
    }
};

/// Of a group with all that is below it.
struct GroupFigures {
    long long members_count = 0;  ///< of groups, not of projects; bots and guests count
    long long projects_count = 0;
    long long repository_size = 0;  ///< bytes
};

/// A namespace as it is before a change.
struct BilledState {
    NamespaceKind kind = NamespaceKind::group;
    domain::NamespaceLevel level = domain::NamespaceLevel::root;
    domain::NamespaceQuotas quotas;
    std::optional<domain::SubscriptionRecord> subscription;
};

struct BilledChange {
    domain::NamespaceQuotas quotas;
    std::optional<domain::SubscriptionRecord>
        subscription;  ///< nothing: it stays, or there is none
};

class BilledNamespaceStore {
public:
    explicit BilledNamespaceStore(db::Session& session) : session_(session) {}

    /// By id or full path, as NamespaceStore::find().
    [[nodiscard]] std::optional<BilledNamespace> find(std::string_view id_or_full_path);
    [[nodiscard]] std::optional<BilledNamespace> find(NamespaceId id);

    /// Changes the namespace and its subscription to what `decide` makes of them, in a transaction
    /// of its own. What others change at the same time is not lost. Answers the namespace after the
    /// change. If `decide` refuses, answers why and writes nothing. Nothing: no such namespace.
    /// `decide` is asked again if somebody else adds the subscription first.
    using Decide = std::function<Result<BilledChange>(const BilledState& before)>;
    [[nodiscard]] std::optional<Result<BilledNamespace>> change(
        NamespaceId id, const Decide& decide, Timestamp now
    );

    /// Takes figures that were counted at that version, if there are any.
    [[nodiscard]] GroupFigures measure(NamespaceId group_id, FigureVersion version);

private:
    db::Session& session_;
};

}  // namespace innergate::handlers
