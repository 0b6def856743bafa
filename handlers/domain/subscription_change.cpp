#include "handlers/domain/subscription_change.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include "app/time_format.hpp"
#include "handlers/domain/record_texts.hpp"

namespace innergate::handlers::domain {
namespace {

constexpr std::string_view kFree = "free";
constexpr std::string_view kPremium = "premium";
constexpr std::string_view kTrialOfPaidCustomer = "ultimate_trial_paid_customer";

template <class T, class Column>
void assign(const params::Given<T>& given, std::optional<Column>& column) {
    if (given.is_given) {
        column = given.value;
    }
}

/// Where null is refused, or stands for something, what was there stays.
template <class T, class Column>
void assign_value(const params::Given<T>& given, Column& column) {
    if (given.value) {
        column = *given.value;
    }
}

SubscriptionRecord assigned(SubscriptionRecord record, const SubscriptionAttributes& attributes) {
    assign_value(attributes.start_date, record.start_date);
    assign(attributes.end_date, record.terms.end_date);
    if (const auto& plan = attributes.plan_code; plan.is_given) {
        record.terms.plan = plan.value ? plan.value->text : std::string{kFree};
    }
    assign_value(attributes.seats, record.terms.seats);
    assign(attributes.max_seats_used, record.max_seats_used);
    assign(attributes.auto_renew, record.auto_renew);
    if (attributes.trial.is_given) {
        record.terms.is_trial = attributes.trial.value.value_or(false);
    }
    assign(attributes.trial_starts_on, record.trial_starts_on);
    assign(attributes.trial_ends_on, record.trial_ends_on);
    assign(attributes.trial_extension_type, record.trial_extension_type);
    return record;
}

template <class T>
bool is_null(const params::Given<T>& given) {
    return given.is_given && !given.value;
}

std::vector<ColumnFaults> faults_of(
    const SubscriptionRecord& record, const SubscriptionAttributes& attributes
) {
    std::vector<ColumnFaults> faults;
    if (is_null(attributes.seats)) {
        faults.push_back({"seats", {kBlank}});
    } else if (record.terms.seats < 0) {
        faults.push_back({"seats", {less_than(0)}});
    }
    if (is_null(attributes.start_date)) {
        faults.push_back({"start_date", {kBlank}});
    }
    if (record.terms.is_trial && !record.trial_starts_on) {
        faults.push_back({"trial_starts_on", {kBlank}});
    } else if (record.terms.is_trial && record.trial_ends_on && *record.trial_ends_on <= *record.trial_starts_on) {
        faults.push_back(
            {"trial_ends_on", {"must be greater than " + to_iso8601(*record.trial_starts_on)}}
        );
    }
    return faults;
}

bool is_new_term(const SubscriptionRecord& before, const SubscriptionRecord& after) {
    return after.start_date != before.start_date && after.terms.end_date != before.terms.end_date &&
           (!before.terms.end_date || after.start_date >= *before.terms.end_date);
}

bool is_counted_anew(const SubscriptionRecord& before, const SubscriptionRecord& after) {
    if (!is_paid(after.terms)) {
        return false;
    }
    if (before.terms.plan == kTrialOfPaidCustomer || after.terms.plan == kTrialOfPaidCustomer) {
        const bool keeps_dates =
            after.start_date == before.start_date && after.terms.end_date == before.terms.end_date;
        return after.terms.plan != kTrialOfPaidCustomer &&
               !(after.terms.plan == kPremium && keeps_dates);
    }
    const bool ends_trial = before.terms.is_trial && !after.terms.is_trial;
    const auto& changed_at = after.max_seats_used_changed_at;
    return is_new_term(before, after) || ends_trial ||
           (changed_at && std::chrono::floor<std::chrono::days>(*changed_at) < after.start_date);
}

}  // namespace

SubscriptionAttributes with_trial_start(SubscriptionAttributes attributes) {
    if (attributes.trial.value == true && !attributes.trial_starts_on.value) {
        attributes.trial_starts_on = {.is_given = true, .value = attributes.start_date.value};
    }
    return attributes;
}

ChangedSubscription created(const SubscriptionAttributes& attributes) {
    SubscriptionRecord record = assigned({}, attributes);
    if (auto faults = faults_of(record, attributes); !faults.empty()) {
        return tl::unexpected{std::move(faults)};
    }
    return record;
}

ChangedSubscription changed(
    const SubscriptionRecord& before,
    const SubscriptionAttributes& attributes,
    const SeatCount& count_seats,
    Timestamp now
) {
    SubscriptionRecord after = assigned(before, attributes);
    if (auto faults = faults_of(after, attributes); !faults.empty()) {
        return tl::unexpected{std::move(faults)};
    }
    if (after.max_seats_used != before.max_seats_used && !is_new_term(before, after)) {
        after.max_seats_used_changed_at = now;
    }
    if (is_counted_anew(before, after)) {
        const long long seats = count_seats(after.terms.plan);
        after.max_seats_used = seats;
        after.max_seats_used_changed_at = now;
        after.seats_owed = std::max(0LL, seats - after.terms.seats);
    }
    return after;
}

}  // namespace innergate::handlers::domain
