#include "handlers/domain/add_on.hpp"

#include <boost/test/unit_test.hpp>

namespace innergate::handlers::domain {
namespace {

using Faults = std::vector<ColumnFaults>;

constexpr Date kStart = std::chrono::sys_days{std::chrono::year{2024} / 6 / 15};
constexpr Date kEnd = std::chrono::sys_days{std::chrono::year{2024} / 7 / 15};

AddOnPurchaseTerms documented() {
    return {
        .quantity = 10,
        .started_on = kStart,
        .expires_on = kEnd,
        .purchase_xid = "A-S12345678",
        .is_trial = true,
    };
}

}  // namespace

BOOST_AUTO_TEST_SUITE(add_on)

BOOST_AUTO_TEST_CASE(known_add_ons_and_their_titles) {
    for (const auto& [name, title] : std::initializer_list<std::pair<const char*, const char*>>{
             {"code_suggestions", "Code Suggestions"},
             {"product_analytics", "Product Analytics"},
             {"duo_enterprise", "Duo Enterprise"}}) {
        const AddOn* const found = find_add_on(name);
        BOOST_TEST_REQUIRE(found != nullptr, name);
        BOOST_TEST(found->name == name);
        BOOST_TEST(found->title == title);
        BOOST_TEST(!found->description.empty());
    }
    for (const char* const name :
         {"", "duo_pro", "gitlab_duo_pro", "Code_Suggestions", "code_suggestions ", "code"}) {
        BOOST_TEST((find_add_on(name) == nullptr), name);
    }
}

BOOST_AUTO_TEST_CASE(purchase_is_as_its_terms_say) {
    const AddOnPurchase expected{
        .quantity = 10,
        .started_on = kStart,
        .expires_on = kEnd,
        .purchase_xid = "A-S12345678",
        .is_trial = true,
    };
    BOOST_TEST(faults_of_new(documented()).empty());
    BOOST_TEST((purchase_of(documented()) == expected));
    AddOnPurchaseTerms terms = documented();
    terms.is_trial.reset();
    BOOST_TEST(!purchase_of(terms).is_trial);
}

BOOST_AUTO_TEST_CASE(dates_are_not_compared) {
    AddOnPurchaseTerms terms = documented();
    std::swap(terms.started_on, terms.expires_on);
    BOOST_TEST(faults_of_new(terms).empty());
    BOOST_TEST(faults_of_change(terms).empty());
}

BOOST_AUTO_TEST_CASE(what_is_not_said_is_a_fault_of_a_new_purchase) {
    const Faults expected{
        {"expires_on", {"can't be blank"}},
        {"started_at", {"can't be blank"}},
        {"quantity", {"can't be blank", "is not a number"}},
        {"purchase_xid", {"can't be blank"}},
    };
    BOOST_TEST((faults_of_new({}) == expected));
    BOOST_TEST(faults_of_change({}).empty());
}

BOOST_AUTO_TEST_CASE(quantity_is_one_at_least) {
    const Faults expected{{"quantity", {"must be greater than or equal to 1"}}};
    AddOnPurchaseTerms terms = documented();
    for (const int quantity : {0, -1, -2147483647}) {
        terms.quantity = quantity;
        BOOST_TEST((faults_of_new(terms) == expected));
        BOOST_TEST((faults_of_change(terms) == expected));
    }
    terms.quantity = 1;
    BOOST_TEST(faults_of_new(terms).empty());
}

BOOST_AUTO_TEST_CASE(purchase_xid_says_something_in_255_characters) {
    const Faults blank{{"purchase_xid", {"can't be blank"}}};
    AddOnPurchaseTerms terms = documented();
    for (const char* const xid : {"", " ", "\t\n"}) {
        terms.purchase_xid = xid;
        BOOST_TEST((faults_of_new(terms) == blank));
        BOOST_TEST((faults_of_change(terms) == blank));
    }
    std::string umlauts;
    for (int count = 0; count < 255; ++count) {
        umlauts += "\u00fc";
    }
    terms.purchase_xid = umlauts;
    BOOST_TEST(faults_of_new(terms).empty());
    terms.purchase_xid = umlauts + "x";
    const Faults too_long{{"purchase_xid", {"is too long (maximum is 255 characters)"}}};
    BOOST_TEST((faults_of_new(terms) == too_long));
    BOOST_TEST((faults_of_change(terms) == too_long));
    terms.purchase_xid = std::string(256, ' ');
    const Faults both{
        {"purchase_xid", {"can't be blank", "is too long (maximum is 255 characters)"}}};
    BOOST_TEST((faults_of_new(terms) == both));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::handlers::domain
