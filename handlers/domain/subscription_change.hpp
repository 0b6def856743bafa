// What becomes of a subscription when the billing portal changes it.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "app/clock.hpp"
#include "app/error.hpp"
#include "app/params/coerce.hpp"
#include "handlers/domain/subscription.hpp"

namespace innergate::handlers::domain {

/// What the portal says about a subscription. Read by the schemas in
/// handlers/subscriptions/subscription_attributes.hpp.
struct SubscriptionAttributes {
    params::Given<Date> start_date;
    params::Given<Date> end_date;
    params::Given<params::Unquoted> plan_code;  ///< null is the plan `free`
    params::Given<int> seats;
    params::Given<int> max_seats_used;
    params::Given<bool> auto_renew;
    params::Given<bool> trial;  ///< null is false
    params::Given<Date> trial_starts_on;
    params::Given<Date> trial_ends_on;
    params::Given<int> trial_extension_type;  ///< 1 extended, 2 reactivated

    friend bool operator==(const SubscriptionAttributes&, const SubscriptionAttributes&) = default;
};

/// A row of gitlab_subscriptions. The defaults are those of a new one.
struct SubscriptionRecord {
    SubscriptionTerms terms;
    Date start_date;
    std::optional<long long> max_seats_used = 0;
    std::optional<Timestamp> max_seats_used_changed_at;
    long long seats_owed = 0;
    std::optional<Date> trial_starts_on;
    std::optional<Date> trial_ends_on;
    std::optional<int> trial_extension_type;
    std::optional<bool> auto_renew;

    friend bool operator==(const SubscriptionRecord&, const SubscriptionRecord&) = default;
};

/// The row to write, or why it cannot be one.
using ChangedSubscription = tl::expected<SubscriptionRecord, std::vector<ColumnFaults>>;

/// How many seats the members of the subscription's namespace would take now on that plan. Asked
/// only where the answer matters.
using SeatCount = std::function<long long(const std::optional<std::string>& plan)>;

/// If the request begins a trial and does not say when, the trial begins with the subscription. The
/// request has to say when that is; a stored date does not count. This holds for the subscription's
/// own endpoints. A subscription within a change of its namespace is taken as it is.
[[nodiscard]] SubscriptionAttributes with_trial_start(SubscriptionAttributes attributes);

/// A new subscription; nothing about it is computed. Errors, here and in changed(), in this order:
/// `seats`, `start_date`, `trial_starts_on`, `trial_ends_on`. `start_date` must be given.
[[nodiscard]] ChangedSubscription created(const SubscriptionAttributes& attributes);

/// The subscription after the change. The seats that were counted in an earlier term are counted
/// anew, whatever the request gives for them, when a paid subscription
///
/// - enters a new term: both dates change, and it starts when the last term ended or later,
/// - was a trial before, or
/// - has a maximum that was last changed before it starts.
///
/// The plan `ultimate_trial_paid_customer` has another rule. A subscription that leaves it is
/// counted anew. One that goes back to `premium` is counted anew only if one of its dates changes,
/// because otherwise it goes on where it was before the trial.
[[nodiscard]] ChangedSubscription changed(
    const SubscriptionRecord& before,
    const SubscriptionAttributes& attributes,
    const SeatCount& count_seats,
    Timestamp now
);

}  // namespace innergate::handlers::domain
