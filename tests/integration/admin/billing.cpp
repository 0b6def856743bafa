// What the billing portal told of namespaces, as the operator sees it.
#include <array>
#include <ostream>
#include <string>

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "app/json/reader.hpp"
#include "tests/integration/admin/tool.hpp"

namespace data = boost::unit_test::data;
using namespace innergate;
using test::member_of;
using test::Refusal;
using test::Tool;

namespace {

/// Packs of two namespaces, one of them a person's; a subscription on trial; a row of each kind
/// that the demo data has for group1 alone.
void sell(Tool& tool) {
    tool.database().import(R"({
        "ci_minutes_additional_packs": [
            {"id": 5, "namespace_id": 123, "number_of_minutes": 10000, "expires_at": "2022-01-01",
             "purchase_xid": "46952fe69bebc1a4de10b2b4ff439d0c"},
            {"id": 6, "namespace_id": 7, "number_of_minutes": -1, "expires_at": "2030-01-01",
             "purchase_xid": "123"}],
        "subscription_add_ons": [{"id": 2, "name": "duo_enterprise", "description": "d"}],
        "subscription_add_on_purchases": [
            {"id": 9, "subscription_add_on_id": 2, "namespace_id": 7, "quantity": 1,
             "started_at": "2024-06-15", "expires_on": "2024-07-15", "purchase_xid": "x"}],
        "gitlab_subscriptions": [
            {"id": 8, "namespace_id": 7, "hosted_plan_id": 10, "start_date": "2024-01-01",
             "max_seats_used": null, "trial": true, "trial_starts_on": "2024-01-01",
             "trial_ends_on": "2024-02-01", "trial_extension_type": 2,
             "max_seats_used_changed_at": "2024-01-02T03:04:05.678Z"},
            {"id": 9, "namespace_id": 1, "hosted_plan_id": null, "start_date": "2024-01-01"}],
        "user_credit_card_validations": [
            {"user_id": 2, "credit_card_validated_at": "2020-01-01T00:00:00.000Z",
             "zuora_payment_method_xid": "abc123"}]})");
}

std::string ids_of(const json::Value& list) {
    std::string ids;
    for (const json::Value& row : *list.array()) {
        ids += (ids.empty() ? "" : " ") + member_of(row, "id");
    }
    return ids;
}

/// A row's values, each as member_of() tells it.
std::string values_of(const json::Value& row) {
    std::string values;
    for (const auto& [name, value] : *row.object()) {
        values += (values.empty() ? "" : " ") + member_of(row, name);
    }
    return values;
}

struct Listing {
    const char* arguments;
    const char* ids;
};

std::ostream& operator<<(std::ostream& out, const Listing& listing) {
    return out << listing.arguments;
}

constexpr std::array kListings{
    Listing{"plan list", "1 2 3 4 5 6 7 8 9 10 11"},
    Listing{"subscription list", "1 8 9"},
    Listing{"subscription list --plan premium", "1"},
    Listing{"subscription list --plan 10", "8"},
    Listing{"subscription list --plan gold", ""},
    Listing{"add-on list", "1 9"},
    Listing{"add-on list --namespace A-Namespace-Name", "1"},
    Listing{"add-on list --namespace rubi", "9"},
    Listing{"pack list", "5 6"},
    Listing{"pack list --namespace 123", "5"},
    Listing{"pack list --namespace rubi", "6"},
    Listing{"pack list --namespace gitlab-org", ""},
    Listing{"exclusion list", "1 2"},
    Listing{"reconciliation list", "1"},
};

struct Reference {
    const char* arguments;
    const char* id;
};

std::ostream& operator<<(std::ostream& out, const Reference& reference) {
    return out << reference.arguments;
}

constexpr std::array kReferences{
    Reference{"plan show premium", "5"},
    Reference{"plan show 5", "5"},
    Reference{"subscription show a-namespace-name", "1"},
    Reference{"subscription show RUBI", "8"},
    Reference{"subscription show 8", "8"},
    Reference{"add-on show 9", "9"},
    Reference{"pack show 46952fe69bebc1a4de10b2b4ff439d0c", "5"},
    Reference{"pack show 5", "5"},
    // No row has this id.
    Reference{"pack show 123", "6"},
    Reference{"exclusion show another-namespace-name", "2"},
    Reference{"exclusion show 1", "1"},
    Reference{"reconciliation show reconciled-22", "1"},
    Reference{"reconciliation show 1", "1"},
};

constexpr std::array kRefusals{
    Refusal{"plan show Premium", 1, "innergate-admin: there is no plan Premium\n"},
    // The id of a namespace is none of a row.
    Refusal{"subscription show 1234", 1, "innergate-admin: there is no subscription 1234\n"},
    Refusal{
        "subscription show gitlab-org",
        1,
        "innergate-admin: there is no subscription gitlab-org\n"},
    Refusal{
        "add-on show code_suggestions",
        1,
        "innergate-admin: there is no add-on code_suggestions\n"},
    Refusal{"pack show 7", 1, "innergate-admin: there is no pack 7\n"},
    Refusal{"exclusion show group1", 1, "innergate-admin: there is no exclusion group1\n"},
    Refusal{"reconciliation show 22", 1, "innergate-admin: there is no reconciliation 22\n"},
    Refusal{
        "pack list --namespace nowhere", 1, "innergate-admin: --namespace: there is no nowhere\n"},
    Refusal{"subscription list --plan none", 1, "innergate-admin: --plan: there is no none\n"},
    Refusal{"plan", 2, "subcommand"},
    Refusal{"plan show", 2, "WHICH is required"},
    Refusal{"add-on list --group group1", 2, "--group"},
    Refusal{"plan add --name x", 2, "subcommand"},
    Refusal{"exclusion remove 1", 2, "subcommand"},
    Refusal{"credit-card-validation list", 2, "credit-card-validation"},
};

}  // namespace

BOOST_AUTO_TEST_SUITE(admin_billing)

BOOST_DATA_TEST_CASE(lists_by_id, data::make(test::dialects())) {
    Tool tool{sample};
    sell(tool);
    for (const Listing& listing : kListings) {
        BOOST_TEST(ids_of(tool.answer(listing.arguments)) == listing.ids, listing);
    }
}

BOOST_DATA_TEST_CASE(a_row_is_found_by_its_id_or_its_name, data::make(test::dialects())) {
    Tool tool{sample};
    sell(tool);
    for (const Reference& reference : kReferences) {
        BOOST_TEST(member_of(tool.answer(reference.arguments), "id") == reference.id, reference);
    }
}

BOOST_DATA_TEST_CASE(refused_with_a_reason, data::make(test::dialects())) {
    Tool tool{sample};
    sell(tool);
    for (const Refusal& refusal : kRefusals) {
        BOOST_TEST(tool.run(refusal.arguments) == refusal.status, refusal);
        const bool is_told = refusal.status == 1
                                 ? tool.err() == refusal.reason
                                 : tool.err().find(refusal.reason) != std::string::npos;
        BOOST_TEST(is_told, refusal << ": " << tool.err());
        BOOST_TEST(tool.out().empty(), refusal);
    }
}

BOOST_DATA_TEST_CASE(a_subscription_tells_its_seats_and_days, data::make(test::dialects())) {
    Tool tool{sample};
    sell(tool);
    const json::Value list = tool.answer("subscription list");
    BOOST_TEST(
        values_of(list.array()->front()) ==
        "1 a-namespace-name premium 80 82 2 2020-07-15 2021-07-15 false null"
    );
    BOOST_TEST(
        values_of((*list.array())[1]) ==
        "8 rubi premium_trial 0 null 0 2024-01-01 null true 2024-02-01"
    );
    BOOST_TEST(values_of(list.array()->back()) == "9 group1 null 0 0 0 2024-01-01 null false null");

    const json::Value trial = tool.answer("subscription show rubi");
    BOOST_TEST(member_of(trial, "namespace_id") == "7");
    BOOST_TEST(member_of(trial, "trial_starts_on") == "2024-01-01");
    BOOST_TEST(member_of(trial, "trial_extension") == "reactivated");
    BOOST_TEST(member_of(trial, "auto_renew") == "null");
    BOOST_TEST(member_of(trial, "max_seats_used_changed_at") == "2024-01-02T03:04:05.678Z");
}

BOOST_DATA_TEST_CASE(what_else_is_told, data::make(test::dialects())) {
    Tool tool{sample};
    sell(tool);
    BOOST_TEST(values_of(tool.answer("plan show premium")) == "5 premium premium 1");
    BOOST_TEST(
        values_of(tool.answer("add-on list --namespace 1234").array()->front()) ==
        "1 a-namespace-name code_suggestions 15 2024-06-15 2024-07-15 A-S12345678 true"
    );
    BOOST_TEST(values_of(tool.answer("pack list").array()->back()) == "6 rubi -1 2030-01-01 123");
    BOOST_TEST(
        values_of(tool.answer("exclusion list").array()->front()) ==
        "1 a-namespace-name a reason to exclude the Namespace"
    );
    BOOST_TEST(
        values_of(tool.answer("reconciliation list").array()->front()) ==
        "1 reconciled-22 2021-06-13 2021-06-06"
    );
    for (const char* const arguments :
         {"add-on show 1", "pack show 5", "exclusion show 1", "reconciliation show 1"}) {
        const json::Value row = tool.answer(arguments);
        BOOST_TEST((member_of(row, "namespace_id") != "null"), arguments);
        BOOST_TEST(member_of(row, "created_at").ends_with("Z"), arguments);
        BOOST_TEST(member_of(row, "updated_at").ends_with("Z"), arguments);
    }
}

BOOST_DATA_TEST_CASE(people_see_a_table, data::make(test::dialects())) {
    Tool tool{sample};
    BOOST_REQUIRE(tool.run("exclusion list") == 0);
    BOOST_TEST(
        tool.out() ==
        "id  namespace               reason\n"
        "1   a-namespace-name        a reason to exclude the Namespace\n"
        "2   another-namespace-name  another reason to exclude the Namespace\n"
    );
    BOOST_REQUIRE(tool.run("pack list") == 0);
    BOOST_TEST(tool.out() == "id  namespace  number_of_minutes  expires_at  purchase_xid\n");
}

BOOST_DATA_TEST_CASE(a_validation_goes_with_its_user, data::make(test::dialects())) {
    Tool tool{sample};
    sell(tool);
    BOOST_REQUIRE(tool.run("user remove 2 --force") == 0);
    BOOST_TEST(tool.look("select count(*) from user_credit_card_validations") == "0");
    BOOST_TEST(tool.look("select count(*) from group_notification_emails") == "0");
}

BOOST_DATA_TEST_CASE(what_was_sold_goes_with_its_namespace, data::make(test::dialects())) {
    Tool tool{sample};
    sell(tool);
    for (const char* const group : {"1234", "123", "22"}) {
        BOOST_REQUIRE(tool.run("group remove --force " + std::string{group}) == 0);
    }
    BOOST_TEST(ids_of(tool.answer("add-on list")) == "9");
    BOOST_TEST(ids_of(tool.answer("pack list")) == "6");
    BOOST_TEST(ids_of(tool.answer("exclusion list")) == "2");
    BOOST_TEST(ids_of(tool.answer("reconciliation list")).empty());
}

BOOST_AUTO_TEST_SUITE_END()
