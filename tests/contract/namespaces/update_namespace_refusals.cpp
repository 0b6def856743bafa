// What a change of a namespace is refused for. Nothing of such a request is written.
#include <ostream>
#include <string>
#include <vector>

#include "tests/contract/namespaces/namespace_server.hpp"

namespace innergate::test {
namespace {

namespace data = boost::unit_test::data;

struct Refusal {
    std::string name;
    std::string id;
    std::string body;
    std::string answer;

    friend std::ostream& operator<<(std::ostream& out, const Refusal& refusal) {
        return out << refusal.name;
    }
};

const std::vector<Refusal> kRefusals{
    {"no number",
     "1",
     R"({"shared_runners_minutes_limit":"x"})",
     R"({"error":"shared_runners_minutes_limit is invalid"})"},
    {"a fraction",
     "1",
     R"({"additional_purchased_storage_size":1.5})",
     R"({"error":"additional_purchased_storage_size is invalid"})"},
    {"a number too large",
     "1",
     R"({"extra_shared_runners_minutes_limit":2147483648})",
     R"({"error":"extra_shared_runners_minutes_limit is invalid"})"},
    {"no date",
     "1",
     R"({"additional_purchased_storage_ends_on":"2026-02-30"})",
     R"({"error":"additional_purchased_storage_ends_on is invalid"})"},
    {"no hash",
     "1",
     R"({"gitlab_subscription_attributes":"x"})",
     R"({"error":"gitlab_subscription_attributes is invalid"})"},
    {"a list",
     "1",
     R"({"gitlab_subscription_attributes":[{"seats":1}]})",
     R"({"error":"gitlab_subscription_attributes is invalid"})"},
    {"an attribute of another type",
     "1",
     R"({"gitlab_subscription_attributes":{"seats":"x"}})",
     R"({"error":"gitlab_subscription_attributes[seats] is invalid"})"},
    {"all faults, in the order declared",
     "1",
     R"({"gitlab_subscription_attributes":{"trial_extension_type":3,"end_date":1},)"
     R"("additional_purchased_storage_ends_on":"x","shared_runners_minutes_limit":[]})",
     R"({"error":"shared_runners_minutes_limit is invalid, )"
     R"(additional_purchased_storage_ends_on is invalid, )"
     R"(gitlab_subscription_attributes[end_date] is invalid, )"
     R"(gitlab_subscription_attributes[trial_extension_type] is invalid"})"},
    {"a namespace that nobody knows, with a fault of parameters",
     "999999",
     R"({"shared_runners_minutes_limit":"x"})",
     R"({"error":"shared_runners_minutes_limit is invalid"})"},
    {"negative numbers",
     "1",
     R"({"shared_runners_minutes_limit":-1,"extra_shared_runners_minutes_limit":-1,)"
     R"("additional_purchased_storage_size":-1})",
     R"({"message":{"shared_runners_minutes_limit":["must be greater than or equal to 0"],)"
     R"("extra_shared_runners_minutes_limit":["must be greater than or equal to 0"],)"
     R"("additional_purchased_storage_size":["must be greater than or equal to 0"]}})"},
    {"no size",
     "1",
     R"({"additional_purchased_storage_size":null})",
     R"({"message":{"additional_purchased_storage_size":["can't be blank"]}})"},
    {"minutes of a subgroup",
     "900001",
     R"({"shared_runners_minutes_limit":6})",
     R"({"message":{"shared_runners_minutes_limit":["is not supported for this namespace"]}})"},
    {"no minutes of a subgroup",
     "900001",
     R"({"shared_runners_minutes_limit":null})",
     R"({"message":{"shared_runners_minutes_limit":["is not supported for this namespace"]}})"},
    {"a subscription of a subgroup",
     "900001",
     R"({"gitlab_subscription_attributes":{"seats":5}})",
     R"({"message":"400 Bad request - Namespace Below is not a root namespace"})"},
    {"a subscription of a subgroup, with a fault of the namespace",
     "900001",
     R"({"additional_purchased_storage_size":null,"gitlab_subscription_attributes":{"seats":5}})",
     R"({"message":"400 Bad request - Namespace Below is not a root namespace"})"},
    {"a new subscription without what it needs",
     "1",
     R"({"gitlab_subscription_attributes":{"seats":null,"start_date":null}})",
     R"({"message":{"gitlab_subscription.seats":["can't be blank"],)"
     R"("gitlab_subscription.start_date":["can't be blank"]}})"},
    {"a known subscription without what it needs",
     "1234",
     R"({"gitlab_subscription_attributes":{"seats":"","start_date":""}})",
     R"({"message":{"gitlab_subscription.seats":["can't be blank"],)"
     R"("gitlab_subscription.start_date":["can't be blank"]}})"},
    {"faults of the namespace come first",
     "1234",
     R"({"gitlab_subscription_attributes":{"seats":-1,"trial":true},)"
     R"("additional_purchased_storage_size":null})",
     R"({"message":{"additional_purchased_storage_size":["can't be blank"],)"
     R"("gitlab_subscription.seats":["must be greater than or equal to 0"],)"
     R"("gitlab_subscription.trial_starts_on":["can't be blank"]}})"},
    {"a trial's start is not taken from the subscription's",
     "1234",
     R"({"gitlab_subscription_attributes":{"trial":true,"start_date":"2024-01-01"}})",
     R"({"message":{"gitlab_subscription.trial_starts_on":["can't be blank"]}})"},
    {"a trial that ends before it starts",
     "1234",
     R"({"gitlab_subscription_attributes":{"trial":true,"trial_starts_on":"2024-06-01",)"
     R"("trial_ends_on":"2024-06-01"}})",
     R"({"message":{"gitlab_subscription.trial_ends_on":["must be greater than 2024-06-01"]}})"},
    {"good quotas with a bad subscription",
     "1",
     R"({"shared_runners_minutes_limit":7,"gitlab_subscription_attributes":{"seats":-1}})",
     R"({"message":{"gitlab_subscription.seats":["must be greater than or equal to 0"]}})"},
    {"a good subscription with bad quotas",
     "1",
     R"({"shared_runners_minutes_limit":-7,"gitlab_subscription_attributes":{"seats":1}})",
     R"({"message":{"shared_runners_minutes_limit":["must be greater than or equal to 0"]}})"},
};

}  // namespace

BOOST_AUTO_TEST_SUITE(update_namespace_refusals)

BOOST_DATA_TEST_CASE(
    what_is_refused_changes_nothing,
    data::make(dialects()) * data::make(kRefusals),
    dialect,
    refusal
) {
    NamespaceServer fresh{dialect};
    const std::string all =
        "select cast(updated_at as text) || coalesce(cast(shared_runners_minutes_limit as text), "
        "'') from namespaces order by id";
    const std::string before = fresh.look(all);
    check(fresh.put(refusal.id, refusal.body), 400, refusal.answer);
    BOOST_TEST(fresh.look(all) == before);
    BOOST_TEST(fresh.look("select count(*) from gitlab_subscriptions") == "1");
    BOOST_TEST(fresh.subscription("seats", 1234) == "80");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::test
