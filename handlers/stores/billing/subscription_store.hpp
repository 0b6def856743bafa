// Subscriptions and the seats that a namespace's members take.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "app/clock.hpp"
#include "app/error.hpp"
#include "app/ids.hpp"
#include "handlers/domain/not_added.hpp"
#include "handlers/domain/subscription.hpp"
#include "handlers/domain/subscription_change.hpp"
#include "handlers/stores/billing/namespace_figures.hpp"
#include "handlers/stores/billing/namespace_store.hpp"

namespace innergate::db {
class Session;
}

namespace innergate::handlers {

using domain::NotAdded;

struct Subscription {
    domain::SubscriptionTerms terms;
    std::optional<std::string> plan_title;
    std::optional<bool> auto_renew;
    std::optional<long long> max_seats_used;
    long long seats_owed = 0;
    Date start_date;
    std::optional<Date> trial_ends_on;
    FigureVersion figures_at;  ///< when it was read
};

class SubscriptionStore {
public:
    explicit SubscriptionStore(db::Session& session) : session_(session) {}

    [[nodiscard]] std::optional<Subscription> find(NamespaceId namespace_id);

    /// Changes the row to what `decide` makes of it, in a transaction of its own. What others
    /// change at the same time is not lost. Answers the subscription after the change. If `decide`
    /// finds faults, answers them and writes nothing. Nothing: there is no subscription.
    using Decide =
        std::function<domain::ChangedSubscription(const domain::SubscriptionRecord& record)>;
    [[nodiscard]] std::optional<tl::expected<Subscription, std::vector<ColumnFaults>>> change(
        NamespaceId namespace_id, const Decide& decide, Timestamp now
    );

    /// The row, which nobody else can change before the caller's transaction ends. For changes
    /// across stores; within a transaction only.
    [[nodiscard]] std::optional<domain::SubscriptionRecord> lock(NamespaceId namespace_id);
    /// Writes the row that lock() gave, with its changes. `updated_at` becomes `now`. The plan is
    /// written by its name, and an unknown name is no plan.
    void update(NamespaceId namespace_id, const domain::SubscriptionRecord& record, Timestamp now);
    /// Adds a row as update() writes it, on its own.
    [[nodiscard]] tl::expected<void, NotAdded> add(
        NamespaceId namespace_id, const domain::SubscriptionRecord& record, Timestamp now
    );

    /// As add(), but in the caller's transaction, which keeps the namespace from being deleted.
    /// False: the namespace has a subscription, which stays as it is.
    [[nodiscard]] bool insert(
        NamespaceId namespace_id, const domain::SubscriptionRecord& record, Timestamp now
    );

    /// Seats that the namespace's members take under that plan. In a group the members whom the
    /// plan counts take one each, in a personal namespace only its owner does. With a version:
    /// takes a count that was made at it, if there is one.
    [[nodiscard]] long long count_seats(
        NamespaceId namespace_id,
        NamespaceKind kind,
        const std::optional<std::string>& plan,
        std::optional<FigureVersion> version = std::nullopt
    );

    /// Distinct active human members of the group, its subgroups and all their projects, with an
    /// accepted membership of at least `lowest_access_level`.
    [[nodiscard]] long long count_billable_members(
        NamespaceId group_id,
        int lowest_access_level,
        std::optional<FigureVersion> version = std::nullopt
    );

private:
    db::Session& session_;
};

}  // namespace innergate::handlers
