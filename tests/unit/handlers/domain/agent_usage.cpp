#include "handlers/domain/agent_usage.hpp"

#include <boost/test/unit_test.hpp>

namespace innergate::handlers::domain {

BOOST_AUTO_TEST_SUITE(agent_usage_reports)

BOOST_AUTO_TEST_CASE(the_first_negative_is_told) {
    BOOST_TEST(!first_negative({}).has_value());
    BOOST_TEST(!first_negative({{"a", 0}, {"b", 1}}).has_value());
    BOOST_TEST(first_negative({{"a", 0}, {"b", -1}, {"c", -2}}).value() == "b");
}

BOOST_AUTO_TEST_CASE(weeks_of_iso_8601) {
    using namespace std::chrono_literals;
    const auto week_of = [](std::chrono::year_month_day day) {
        return iso_week(std::chrono::sys_days{day} + std::chrono::hours{23});
    };
    BOOST_TEST(week_of(2025y / 2 / 16) == "2025-07");
    // A week belongs to the year of its Thursday.
    BOOST_TEST(week_of(2024y / 12 / 30) == "2025-01");
    BOOST_TEST(week_of(2027y / 1 / 3) == "2026-53");
    BOOST_TEST(week_of(2027y / 1 / 4) == "2027-01");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::handlers::domain
