// Rules of subscriptions as pure functions.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "app/clock.hpp"

namespace innergate::handlers::domain {

struct SubscriptionTerms {
    std::optional<std::string> plan;  ///< the plan's name
    bool is_trial = false;
    long long seats = 0;
    std::optional<Date> end_date;

    friend bool operator==(const SubscriptionTerms&, const SubscriptionTerms&) = default;
};

/// Not a trial, with seats, on a plan that is sold.
[[nodiscard]] bool is_paid(const SubscriptionTerms& terms);

/// Paid, below the top plans, with an end date that has not passed.
[[nodiscard]] bool is_upgradable(const SubscriptionTerms& terms, Date today);

/// Whether guests take no seat under this plan. Groups only: a personal namespace has one seat.
[[nodiscard]] bool excludes_guests(std::string_view plan);

}  // namespace innergate::handlers::domain
