#include "tests/contract/subscription_add_on_purchases/add_on_suite.hpp"

namespace innergate::test {
namespace {

namespace data = boost::unit_test::data;

constexpr const char* kNone = R"({"message":"404 Not found"})";

struct Shop : AddOns {
    using AddOns::AddOns;

    http::Response show(const std::string& id, const std::string& add_on = "code_suggestions") {
        return send(http::Method::get, purchase_target(id, add_on));
    }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(show_purchase)

BOOST_DATA_TEST_CASE(documented_example, data::make(dialects()), dialect) {
    Shop shop{dialect};
    shop.add_purchase("1234");
    check(shop.show("1234"), 200, kDocumentedPurchase);
    check(shop.show("a-namespace-NAME"), 200, kDocumentedPurchase);
    check(shop.show("1234", "code%5Fsuggestions"), 200, kDocumentedPurchase);
    check(shop.send(http::Method::head, purchase_target("1234")), 200, kDocumentedPurchase);
    shop.sql(R"sql(update personal_access_tokens set scopes = '["read_api"]')sql");
    check(shop.show("1234"), 200, kDocumentedPurchase);
    BOOST_TEST(shop.send(http::Method::put, purchase_target("1234"), kPurchaseForm).status == 403);
}

BOOST_DATA_TEST_CASE(subgroups_are_shown, data::make(dialects()), dialect) {
    Shop shop{dialect};
    shop.add_subgroup();
    check(shop.show("50"), 404, kNone);
    shop.add_purchase("50");
    BOOST_TEST(shop.show("a-namespace-name%2Fpart").status == 200);
    // It is not its parent's.
    check(shop.show("1234"), 404, kNone);
}

BOOST_DATA_TEST_CASE(reading_writes_nothing, data::make(dialects()), dialect) {
    Shop shop{dialect};
    for (const std::string add_on : {"code_suggestions", "product_analytics", "duo_enterprise"}) {
        check(shop.show("1234", add_on), 404, kNone);
    }
    BOOST_TEST(shop.add_ons().empty());
    shop.add_purchase("1234");
    check(shop.show("1234", "duo_enterprise"), 404, kNone);
    check(shop.show("4321"), 404, kNone);
    BOOST_TEST(shop.add_ons() == "code_suggestions");
}

BOOST_DATA_TEST_CASE(token_then_namespace_then_add_on, data::make(dialects()), dialect) {
    Shop shop{dialect};
    check_token_namespace_and_add_on(shop, http::Method::get);
}

BOOST_DATA_TEST_CASE(other_methods_are_not_allowed, data::make(dialects()), dialect) {
    Shop shop{dialect};
    check(
        shop.send(http::Method::delete_, purchase_target("1234")),
        405,
        R"({"error":"405 Not Allowed"})"
    );
}

BOOST_DATA_TEST_CASE(internal_pool_does_not_know_it, data::make(dialects()), dialect) {
    Portal portal{dialect, settings::PoolName::internal};
    check(
        portal.send(http::Method::get, purchase_target("1234")), 404, R"({"error":"404 Not Found"})"
    );
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::test
