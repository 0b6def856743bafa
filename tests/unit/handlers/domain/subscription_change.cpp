#include "handlers/domain/subscription_change.hpp"

#include <algorithm>
#include <string>

#include <boost/test/unit_test.hpp>

namespace innergate::handlers::domain {
namespace {

constexpr Date day(int year, unsigned month, unsigned day_of_month) {
    return std::chrono::sys_days{
        std::chrono::year{year} / std::chrono::month{month} / std::chrono::day{day_of_month}};
}

constexpr Date kStart = day(2025, 3, 1);
constexpr Date kEnd = day(2026, 3, 1);
constexpr Timestamp kNow = day(2026, 1, 15) + std::chrono::hours{12};
constexpr long long kLive = 13;
constexpr const char* kTrialOfPaidCustomer = "ultimate_trial_paid_customer";

template <class T>
params::Given<T> given(T value) {
    return {.is_given = true, .value = std::move(value)};
}
template <class T>
params::Given<T> null() {
    return {.is_given = true, .value = std::nullopt};
}
params::Given<params::Unquoted> plan(std::string code) {
    return given(params::Unquoted{std::move(code)});
}

/// Paid, with more seats used than bought; its maximum is of this term.
SubscriptionRecord stored() {
    SubscriptionRecord record;
    record.terms = {.plan = "premium", .is_trial = false, .seats = 10, .end_date = kEnd};
    record.start_date = kStart;
    record.max_seats_used = 12;
    record.max_seats_used_changed_at = kStart + std::chrono::hours{1};
    record.seats_owed = 2;
    return record;
}

/// Fails where a count is asked for that nobody needs.
long long no_count(const std::optional<std::string>& /*plan*/) {
    BOOST_TEST_ERROR("seats were counted");
    return 0;
}

ChangedSubscription change(
    const SubscriptionAttributes& attributes, const SubscriptionRecord& before = stored()
) {
    return changed(
        before, attributes, [](const auto& /*plan*/) { return kLive; }, kNow
    );
}

/// Whether the change makes the seats counted anew, and then all of it.
bool counts_anew(
    const SubscriptionAttributes& attributes, const SubscriptionRecord& before = stored()
) {
    int counts = 0;
    const ChangedSubscription after = changed(
        before,
        attributes,
        [&counts](const auto& /*plan*/) {
            ++counts;
            return kLive;
        },
        kNow
    );
    BOOST_REQUIRE(after.has_value());
    if (counts == 0) {
        BOOST_TEST(after->seats_owed == before.seats_owed);
        return false;
    }
    BOOST_TEST(counts == 1);
    BOOST_TEST(after->max_seats_used.value() == kLive);
    BOOST_TEST(after->seats_owed == std::max(0LL, kLive - after->terms.seats));
    BOOST_TEST((after->max_seats_used_changed_at == kNow));
    return true;
}

std::string faults(const ChangedSubscription& result) {
    std::string text;
    if (!result) {
        for (const ColumnFaults& column : result.error()) {
            BOOST_TEST(column.texts.size() == 1U);
            text += "[" + column.column + " " + column.texts.front() + "]";
        }
    }
    return text;
}

SubscriptionAttributes trial(std::optional<Date> starts_on, std::optional<Date> ends_on) {
    SubscriptionAttributes attributes;
    attributes.start_date = given(kStart);
    attributes.trial = given(true);
    attributes.trial_starts_on = {.is_given = true, .value = starts_on};
    attributes.trial_ends_on = {.is_given = true, .value = ends_on};
    return attributes;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(subscription_change)

BOOST_AUTO_TEST_CASE(new_subscription_is_what_was_given) {
    SubscriptionAttributes attributes;
    attributes.start_date = given(kStart);
    SubscriptionRecord expected;
    expected.start_date = kStart;
    BOOST_TEST((created(attributes) == expected));

    attributes.end_date = given(kEnd);
    attributes.plan_code = plan("ultimate");
    attributes.seats = given(5);
    attributes.max_seats_used = given(9);
    attributes.auto_renew = given(true);
    attributes.trial = given(true);
    attributes.trial_starts_on = given(kStart);
    attributes.trial_ends_on = given(kEnd);
    attributes.trial_extension_type = given(2);
    expected.terms = {.plan = "ultimate", .is_trial = true, .seats = 5, .end_date = kEnd};
    expected.max_seats_used = 9;
    expected.auto_renew = true;
    expected.trial_starts_on = kStart;
    expected.trial_ends_on = kEnd;
    expected.trial_extension_type = 2;
    BOOST_TEST((created(attributes) == expected));
}

BOOST_AUTO_TEST_CASE(null_is_what_each_column_makes_of_it) {
    SubscriptionRecord before = stored();
    before.auto_renew = true;
    before.trial_starts_on = kStart;
    before.trial_ends_on = kEnd;
    before.trial_extension_type = 1;
    SubscriptionAttributes attributes;
    attributes.end_date = null<Date>();
    attributes.plan_code = null<params::Unquoted>();
    attributes.max_seats_used = null<int>();
    attributes.auto_renew = null<bool>();
    attributes.trial = null<bool>();
    attributes.trial_starts_on = null<Date>();
    attributes.trial_ends_on = null<Date>();
    attributes.trial_extension_type = null<int>();
    SubscriptionRecord expected = before;
    expected.terms = {.plan = "free", .is_trial = false, .seats = 10, .end_date = std::nullopt};
    expected.max_seats_used.reset();
    expected.max_seats_used_changed_at = kNow;
    expected.auto_renew.reset();
    expected.trial_starts_on.reset();
    expected.trial_ends_on.reset();
    expected.trial_extension_type.reset();
    BOOST_TEST((changed(before, attributes, no_count, kNow) == expected));
}

BOOST_AUTO_TEST_CASE(nothing_given_changes_nothing) {
    BOOST_TEST((changed(stored(), {}, no_count, kNow) == stored()));
}

BOOST_AUTO_TEST_CASE(what_a_record_must_have) {
    SubscriptionAttributes attributes;
    attributes.seats = null<int>();
    attributes.start_date = null<Date>();
    constexpr const char* kBothBlank = "[seats can't be blank][start_date can't be blank]";
    BOOST_TEST(faults(change(attributes)) == kBothBlank);
    BOOST_TEST(faults(created(attributes)) == kBothBlank);
    attributes.seats = given(-1);
    attributes.start_date = given(kStart);
    BOOST_TEST(faults(change(attributes)) == "[seats must be greater than or equal to 0]");
    attributes.seats = given(0);
    BOOST_TEST(faults(change(attributes)).empty());
}

BOOST_AUTO_TEST_CASE(trial_needs_its_first_day_and_ends_later) {
    BOOST_TEST(faults(created(trial(std::nullopt, kEnd))) == "[trial_starts_on can't be blank]");
    BOOST_TEST(
        faults(created(trial(kStart, kStart))) == "[trial_ends_on must be greater than 2025-03-01]"
    );
    BOOST_TEST(faults(created(trial(kStart, kStart + std::chrono::days{1}))).empty());
    BOOST_TEST(faults(created(trial(kStart, std::nullopt))).empty());
    SubscriptionAttributes attributes = trial(std::nullopt, kEnd);
    attributes.trial = given(false);
    BOOST_TEST(faults(created(attributes)).empty());
    attributes = trial(kEnd, kStart);
    attributes.trial = null<bool>();
    BOOST_TEST(faults(created(attributes)).empty());
}

BOOST_AUTO_TEST_CASE(stored_trial_is_checked_too) {
    SubscriptionRecord before = stored();
    before.terms.is_trial = true;
    before.trial_starts_on = kStart;
    SubscriptionAttributes attributes;
    attributes.trial_ends_on = given(kStart);
    BOOST_TEST(
        faults(change(attributes, before)) == "[trial_ends_on must be greater than 2025-03-01]"
    );
    attributes = {};
    attributes.trial_starts_on = null<Date>();
    BOOST_TEST(faults(change(attributes, before)) == "[trial_starts_on can't be blank]");
}

BOOST_AUTO_TEST_CASE(trial_begins_with_the_subscription_of_the_request) {
    SubscriptionAttributes attributes;
    attributes.trial = given(true);
    attributes.start_date = given(kStart);
    BOOST_TEST((with_trial_start(attributes).trial_starts_on == given(kStart)));
    attributes.trial_starts_on = null<Date>();
    BOOST_TEST((with_trial_start(attributes).trial_starts_on == given(kStart)));
    attributes.trial_starts_on = given(kEnd);
    BOOST_TEST((with_trial_start(attributes).trial_starts_on == given(kEnd)));
    attributes = {};
    attributes.trial = given(true);
    BOOST_TEST((with_trial_start(attributes).trial_starts_on == null<Date>()));
    attributes.start_date = null<Date>();
    BOOST_TEST((with_trial_start(attributes).trial_starts_on == null<Date>()));
}

BOOST_AUTO_TEST_CASE(no_trial_begins_without_being_given) {
    SubscriptionAttributes attributes;
    attributes.start_date = given(kStart);
    BOOST_TEST((with_trial_start(attributes) == attributes));
    attributes.trial = given(false);
    BOOST_TEST((with_trial_start(attributes) == attributes));
    attributes.trial = null<bool>();
    BOOST_TEST((with_trial_start(attributes) == attributes));
}

BOOST_AUTO_TEST_CASE(new_term_changes_both_dates_and_follows_the_last) {
    SubscriptionAttributes attributes;
    attributes.start_date = given(kEnd);
    attributes.end_date = given(day(2027, 3, 1));
    BOOST_TEST(counts_anew(attributes));
    attributes.end_date = null<Date>();
    BOOST_TEST(counts_anew(attributes), "that has no end");

    SubscriptionRecord endless = stored();
    endless.terms.end_date.reset();
    attributes.start_date = given(kStart - std::chrono::days{1});
    attributes.end_date = given(kEnd);
    BOOST_TEST(counts_anew(attributes, endless), "the last term had no end");
    BOOST_TEST(!counts_anew(attributes), "only the first day changes");
    attributes.end_date = given(day(2027, 3, 1));
    BOOST_TEST(!counts_anew(attributes), "it starts before the last term ends");
    attributes.start_date = given(kStart);
    BOOST_TEST(!counts_anew(attributes), "only the last day changes");
}

BOOST_AUTO_TEST_CASE(time_of_the_maximum_follows_the_maximum) {
    SubscriptionAttributes attributes;
    attributes.max_seats_used = given(11);
    BOOST_TEST((change(attributes)->max_seats_used_changed_at == kNow));
    attributes.max_seats_used = null<int>();
    BOOST_TEST((change(attributes)->max_seats_used_changed_at == kNow));
    attributes.max_seats_used = given(12);
    BOOST_TEST((change(attributes)->max_seats_used_changed_at == stored().max_seats_used_changed_at)
    );
}

BOOST_AUTO_TEST_CASE(time_of_the_maximum_stays_in_a_new_term_that_is_not_counted) {
    SubscriptionRecord before = stored();
    before.terms.plan = "free";
    SubscriptionAttributes attributes;
    attributes.max_seats_used = given(11);
    attributes.start_date = given(kEnd);
    attributes.end_date = null<Date>();
    const ChangedSubscription after = changed(before, attributes, no_count, kNow);
    BOOST_TEST(after->max_seats_used.value() == 11);
    BOOST_TEST((after->max_seats_used_changed_at == before.max_seats_used_changed_at));
    BOOST_TEST(after->seats_owed == 2);
}

BOOST_AUTO_TEST_CASE(given_maximum_owes_nothing_else) {
    SubscriptionAttributes attributes;
    attributes.max_seats_used = given(0);
    BOOST_TEST(!counts_anew(attributes));
    BOOST_TEST(change(attributes)->max_seats_used.value() == 0);
    attributes = {};
    attributes.seats = given(100);
    BOOST_TEST(!counts_anew(attributes));
    BOOST_TEST(change(attributes)->max_seats_used.value() == 12);
}

BOOST_AUTO_TEST_CASE(end_of_a_trial_counts_anew) {
    SubscriptionRecord before = stored();
    before.terms.is_trial = true;
    before.trial_starts_on = kStart;
    SubscriptionAttributes attributes;
    BOOST_TEST(!counts_anew(attributes, before));
    attributes.trial = given(false);
    BOOST_TEST(counts_anew(attributes, before));
    attributes.trial = null<bool>();
    BOOST_TEST(counts_anew(attributes, before));
    attributes.trial = given(true);
    BOOST_TEST(!counts_anew(attributes, before));
    attributes.trial = given(false);
    BOOST_TEST(!counts_anew(attributes), "it was none before");
}

BOOST_AUTO_TEST_CASE(maximum_of_an_earlier_term_is_counted_anew) {
    SubscriptionRecord before = stored();
    before.max_seats_used_changed_at = kStart + std::chrono::milliseconds{0};
    BOOST_TEST(!counts_anew({}, before), "the first moment of the term");
    before.max_seats_used_changed_at = kStart - std::chrono::milliseconds{1};
    BOOST_TEST(counts_anew({}, before));
    before.max_seats_used_changed_at.reset();
    BOOST_TEST(!counts_anew({}, before));

    SubscriptionAttributes attributes;
    attributes.start_date = given(kStart + std::chrono::days{1});
    BOOST_TEST(counts_anew(attributes), "the term starts later than was thought");
    attributes.max_seats_used = given(11);
    BOOST_TEST(!counts_anew(attributes), "the maximum is of today");
    attributes.start_date = given(day(2026, 1, 16));
    BOOST_TEST(counts_anew(attributes), "which is before it starts");
}

BOOST_AUTO_TEST_CASE(only_what_is_paid_is_counted_anew) {
    SubscriptionRecord before = stored();
    before.max_seats_used_changed_at = kStart - std::chrono::days{1};
    BOOST_TEST(counts_anew({}, before));
    SubscriptionAttributes attributes;
    attributes.seats = given(0);
    BOOST_TEST(!counts_anew(attributes, before));
    attributes = {};
    attributes.plan_code = plan("free");
    BOOST_TEST(!counts_anew(attributes, before));
    attributes = {};
    attributes.trial = given(true);
    attributes.trial_starts_on = given(kStart);
    BOOST_TEST(!counts_anew(attributes, before));
}

BOOST_AUTO_TEST_CASE(count_overrides_the_given_maximum_and_asks_for_the_new_plan) {
    SubscriptionAttributes attributes;
    attributes.start_date = given(kEnd);
    attributes.end_date = null<Date>();
    attributes.max_seats_used = given(99);
    attributes.seats = given(20);
    attributes.plan_code = plan("ultimate");
    std::optional<std::string> asked;
    const ChangedSubscription after = changed(
        stored(),
        attributes,
        [&asked](const auto& code) {
            asked = code;
            return kLive;
        },
        kNow
    );
    BOOST_TEST(after->max_seats_used.value() == kLive);
    BOOST_TEST(after->seats_owed == 0, "not below");
    BOOST_TEST(asked.value() == "ultimate");
}

BOOST_AUTO_TEST_CASE(trial_of_a_paying_customer_is_another_rule) {
    SubscriptionRecord on_trial = stored();
    on_trial.terms.plan = kTrialOfPaidCustomer;
    on_trial.max_seats_used_changed_at = kStart - std::chrono::days{1};
    BOOST_TEST(!counts_anew({}, on_trial), "it stays on the plan");

    SubscriptionAttributes attributes;
    attributes.plan_code = plan(kTrialOfPaidCustomer);
    SubscriptionRecord before = on_trial;
    before.terms.plan = "premium";
    BOOST_TEST(!counts_anew(attributes, before), "it gets to the plan");

    attributes.plan_code = plan("premium");
    BOOST_TEST(!counts_anew(attributes, on_trial), "it goes back to where it was");
    attributes.start_date = given(kStart + std::chrono::days{1});
    BOOST_TEST(counts_anew(attributes, on_trial), "with another first day");
    attributes.start_date = {};
    attributes.end_date = null<Date>();
    BOOST_TEST(counts_anew(attributes, on_trial), "with another last day");

    attributes = {};
    attributes.plan_code = plan("ultimate");
    BOOST_TEST(counts_anew(attributes, on_trial), "it buys another plan");
    attributes.plan_code = plan("free");
    BOOST_TEST(!counts_anew(attributes, on_trial), "it is not paid any longer");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::handlers::domain
