#include "handlers/domain/subscription.hpp"

#include <algorithm>
#include <array>
#include <span>

namespace innergate::handlers::domain {
namespace {

constexpr std::array<std::string_view, 9> kSoldPlans{
    "bronze",
    "silver",
    "premium",
    "gold",
    "ultimate",
    "ultimate_trial",
    "ultimate_trial_paid_customer",
    "premium_trial",
    "opensource",
};
constexpr std::array<std::string_view, 3> kTopPlans{"gold", "ultimate", "opensource"};
constexpr std::array<std::string_view, 3> kGuestsAreFree{"gold", "ultimate", "ultimate_trial"};

bool is_among(std::span<const std::string_view> names, std::string_view name) {
    return std::ranges::find(names, name) != names.end();
}

}  // namespace

bool is_paid(const SubscriptionTerms& terms) {
    return !terms.is_trial && terms.seats > 0 && terms.plan && is_among(kSoldPlans, *terms.plan);
}

bool is_upgradable(const SubscriptionTerms& terms, Date today) {
    return is_paid(terms) && !is_among(kTopPlans, *terms.plan) && terms.end_date &&
           *terms.end_date >= today;
}

bool excludes_guests(std::string_view plan) {
    return is_among(kGuestsAreFree, plan);
}

}  // namespace innergate::handlers::domain
