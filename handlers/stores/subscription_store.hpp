// Subscriptions and the seats that a namespace's members take.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "app/clock.hpp"
#include "app/ids.hpp"
#include "handlers/domain/subscription.hpp"

namespace innergate::db {
class Session;
struct Query;
}  // namespace innergate::db

namespace innergate::handlers {

struct Subscription {
    domain::SubscriptionTerms terms;
    std::optional<std::string> plan_title;
    std::optional<bool> auto_renew;
    std::optional<long long> max_seats_used;
    long long seats_owed = 0;
    Date start_date;
    std::optional<Date> trial_ends_on;
};

class SubscriptionStore {
public:
    explicit SubscriptionStore(db::Session& session) : session_(session) {}

    /// Every statement this store sends.
    [[nodiscard]] static std::span<const db::Query> queries();

    [[nodiscard]] std::optional<Subscription> find(NamespaceId namespace_id);

    /// Distinct active human members of the group, its subgroups and all their projects, with an
    /// accepted membership of at least `lowest_access_level`.
    [[nodiscard]] long long count_billable_members(NamespaceId group_id, int lowest_access_level);

private:
    db::Session& session_;
};

}  // namespace innergate::handlers
