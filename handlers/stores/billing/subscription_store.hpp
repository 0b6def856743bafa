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

    /// One change, from the row as it is to the row as `decide` wants it, in a transaction of its
    /// own: what others change at the same time is not lost. Answers the subscription after it, or
    /// what `decide` found wrong, and then nothing is written. Nothing: there is no subscription.
    using Decide =
        std::function<domain::ChangedSubscription(const domain::SubscriptionRecord& record)>;
    [[nodiscard]] std::optional<tl::expected<Subscription, std::vector<ColumnFaults>>> change(
        NamespaceId namespace_id, const Decide& decide, Timestamp now
    );

    /// The row, which nobody else can change before the caller's transaction ends. For changes
    /// across stores; within a transaction only.
    [[nodiscard]] std::optional<domain::SubscriptionRecord> lock(NamespaceId namespace_id);
    /// Writes the row that lock() gave, changed; `updated_at` becomes `now`. The plan is written by
    /// its name; an unknown name is no plan.
    void update(NamespaceId namespace_id, const domain::SubscriptionRecord& record, Timestamp now);
    /// Adds a row as update() writes it, on its own.
    [[nodiscard]] tl::expected<void, NotAdded> add(
        NamespaceId namespace_id, const domain::SubscriptionRecord& record, Timestamp now
    );

    /// The same in the caller's transaction, which keeps the namespace there. False: it has a
    /// subscription, which stays as it is.
    [[nodiscard]] bool insert(
        NamespaceId namespace_id, const domain::SubscriptionRecord& record, Timestamp now
    );

    /// Seats that its members take under that plan: of a group those whom the plan counts, of a
    /// personal namespace its owner's. With a version: as counted at it, if they were.
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
