#include "handlers/domain/subscription.hpp"

#include <boost/test/unit_test.hpp>

namespace innergate::handlers::domain {
namespace {

const Date kToday = std::chrono::year{2026} / 1 / 15;

SubscriptionTerms premium() {
    return {.plan = "premium", .is_trial = false, .seats = 10, .end_date = kToday};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(subscription_rules)

BOOST_AUTO_TEST_CASE(paid_needs_a_sold_plan_seats_and_no_trial) {
    BOOST_TEST(is_paid(premium()));
    SubscriptionTerms terms = premium();
    terms.plan = "free";
    BOOST_TEST(!is_paid(terms));
    terms.plan.reset();
    BOOST_TEST(!is_paid(terms));
    terms = premium();
    terms.seats = 0;
    BOOST_TEST(!is_paid(terms));
    terms = premium();
    terms.is_trial = true;
    BOOST_TEST(!is_paid(terms));
}

BOOST_AUTO_TEST_CASE(upgradable_until_the_end_of_its_last_day) {
    SubscriptionTerms terms = premium();
    BOOST_TEST(is_upgradable(terms, kToday));
    BOOST_TEST(!is_upgradable(terms, kToday + std::chrono::days{1}));
    terms.end_date.reset();
    BOOST_TEST(!is_upgradable(terms, kToday));
}

BOOST_AUTO_TEST_CASE(top_plans_are_not_upgradable) {
    for (const char* const plan : {"gold", "ultimate", "opensource"}) {
        SubscriptionTerms terms = premium();
        terms.plan = plan;
        BOOST_TEST(is_paid(terms));
        BOOST_TEST(!is_upgradable(terms, kToday));
    }
}

BOOST_AUTO_TEST_CASE(guests_are_free_on_three_plans) {
    for (const char* const plan : {"gold", "ultimate", "ultimate_trial"}) {
        BOOST_TEST(excludes_guests(plan));
    }
    for (const char* const plan : {"premium", "ultimate_trial_paid_customer", "opensource", ""}) {
        BOOST_TEST(!excludes_guests(plan));
    }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::handlers::domain
