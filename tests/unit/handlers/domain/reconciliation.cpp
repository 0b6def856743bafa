#include "handlers/domain/reconciliation.hpp"

#include <boost/test/unit_test.hpp>

namespace innergate::handlers::domain {
namespace {

constexpr Date kDate = std::chrono::sys_days{std::chrono::year{2021} / 6 / 12};
constexpr ReconciliationDates kComplete{
    .next_reconciliation_date = kDate, .display_alert_from = kDate};
constexpr ReconciliationDates kNoNext{
    .next_reconciliation_date = std::nullopt, .display_alert_from = kDate};
constexpr ReconciliationDates kNoAlert{
    .next_reconciliation_date = kDate, .display_alert_from = std::nullopt};

}  // namespace

BOOST_AUTO_TEST_SUITE(reconciliation)

BOOST_AUTO_TEST_CASE(columns_without_a_date) {
    const ColumnFaults next{"next_reconciliation_date", {"can't be blank"}};
    const ColumnFaults alert{"display_alert_from", {"can't be blank"}};
    BOOST_TEST(faults_of(kComplete).empty());
    BOOST_TEST((faults_of(kNoNext) == std::vector{next}));
    BOOST_TEST((faults_of(kNoAlert) == std::vector{alert}));
    BOOST_TEST((faults_of({}) == std::vector{next, alert}));
    BOOST_TEST(kComplete.are_complete());
    BOOST_TEST(!kNoNext.are_complete());
    BOOST_TEST(!kNoAlert.are_complete());
}

BOOST_AUTO_TEST_CASE(failures_in_one_sentence) {
    BOOST_TEST(validation_failure(true, kComplete).empty());
    BOOST_TEST(
        validation_failure(false, kComplete) == "Validation failed: Namespace can't be blank"
    );
    BOOST_TEST(
        validation_failure(true, kNoNext) ==
        "Validation failed: Next reconciliation date can't be blank"
    );
    BOOST_TEST(
        validation_failure(true, kNoAlert) == "Validation failed: Display alert from can't be blank"
    );
    BOOST_TEST(
        validation_failure(true, {}) ==
        "Validation failed: Next reconciliation date can't be blank, Display alert from can't be "
        "blank"
    );
    BOOST_TEST(
        validation_failure(false, kNoAlert) ==
        "Validation failed: Namespace can't be blank, Display alert from can't be blank"
    );
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::handlers::domain
