#include "handlers/domain/namespace_quotas.hpp"

#include <boost/test/unit_test.hpp>

namespace innergate::handlers::domain {
namespace {

using namespace std::chrono_literals;

const NamespaceQuotas kBefore{
    .shared_runners_minutes_limit = 100,
    .extra_shared_runners_minutes_limit = 20,
    .additional_purchased_storage_size = 3,
    .additional_purchased_storage_ends_on = Date{2026y / 2 / 3},
};

template <class T>
params::Given<T> given(T value) {
    return {.is_given = true, .value = value};
}
template <class T>
params::Given<T> null() {
    return {.is_given = true, .value = {}};
}

std::vector<ColumnFaults> faults_of(
    const QuotaAttributes& attributes, NamespaceLevel level = NamespaceLevel::root
) {
    return changed_quotas(kBefore, attributes, level).error();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(namespace_quotas)

BOOST_AUTO_TEST_CASE(what_is_not_given_stays) {
    for (const NamespaceLevel level : {NamespaceLevel::root, NamespaceLevel::below}) {
        BOOST_TEST((changed_quotas(kBefore, {}, level) == kBefore));
    }
}

BOOST_AUTO_TEST_CASE(numbers_are_absolute) {
    QuotaAttributes attributes;
    attributes.shared_runners_minutes_limit = given(0);
    attributes.extra_shared_runners_minutes_limit = given(7);
    attributes.additional_purchased_storage_size = given(8);
    attributes.additional_purchased_storage_ends_on = given(Date{2027y / 1 / 1});
    const NamespaceQuotas expected{
        .shared_runners_minutes_limit = 0,
        .extra_shared_runners_minutes_limit = 7,
        .additional_purchased_storage_size = 8,
        .additional_purchased_storage_ends_on = Date{2027y / 1 / 1},
    };
    BOOST_TEST((changed_quotas(kBefore, attributes, NamespaceLevel::root) == expected));
}

BOOST_AUTO_TEST_CASE(null_clears_all_but_the_size) {
    QuotaAttributes attributes;
    attributes.shared_runners_minutes_limit = null<int>();
    attributes.extra_shared_runners_minutes_limit = null<int>();
    attributes.additional_purchased_storage_ends_on = null<Date>();
    NamespaceQuotas expected;
    expected.additional_purchased_storage_size = 3;
    BOOST_TEST((changed_quotas(kBefore, attributes, NamespaceLevel::root) == expected));
    attributes.additional_purchased_storage_size = null<int>();
    const std::vector<ColumnFaults> faults{
        {"additional_purchased_storage_size", {"can't be blank"}}};
    BOOST_TEST((faults_of(attributes) == faults));
}

BOOST_AUTO_TEST_CASE(faults_come_in_the_order_of_the_columns) {
    QuotaAttributes attributes;
    attributes.additional_purchased_storage_size = given(-1);
    attributes.extra_shared_runners_minutes_limit = given(-2);
    attributes.shared_runners_minutes_limit = given(-3);
    const std::string negative = "must be greater than or equal to 0";
    std::vector<ColumnFaults> faults{
        {"shared_runners_minutes_limit", {negative}},
        {"extra_shared_runners_minutes_limit", {negative}},
        {"additional_purchased_storage_size", {negative}},
    };
    BOOST_TEST((faults_of(attributes) == faults));
    faults[0].texts = {"is not supported for this namespace", negative};
    BOOST_TEST((faults_of(attributes, NamespaceLevel::below) == faults));
}

BOOST_AUTO_TEST_CASE(subgroups_keep_their_minutes) {
    const std::vector<ColumnFaults> faults{
        {"shared_runners_minutes_limit", {"is not supported for this namespace"}}};
    QuotaAttributes attributes;
    attributes.shared_runners_minutes_limit = given(101);
    BOOST_TEST((faults_of(attributes, NamespaceLevel::below) == faults));
    attributes.shared_runners_minutes_limit = null<int>();
    BOOST_TEST((faults_of(attributes, NamespaceLevel::below) == faults));
    attributes.shared_runners_minutes_limit = given(100);
    attributes.extra_shared_runners_minutes_limit = given(21);
    BOOST_TEST(changed_quotas(kBefore, attributes, NamespaceLevel::below).has_value());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::handlers::domain
