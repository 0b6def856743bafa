#include "handlers/stores/billing/add_on_purchase_store.hpp"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "tests/integration/stores/store_database.hpp"

namespace innergate::test {
namespace {

using handlers::AddedPurchase;

const handlers::domain::AddOnPurchase kPurchase{
    .quantity = 1,
    .started_on = Date{},
    .expires_on = Date{},
    .purchase_xid = "xid",
    .is_trial = false,
};

struct Purchases : StoreDatabase {
    explicit Purchases(db::Dialect dialect)
        : StoreDatabase(
              dialect,
              {"insert into namespaces (id, type, name, path) values (1, 'Group', 'a', 'a')"}
          ),
          store(session) {}

    AddedPurchase add(long long namespace_id) {
        return store.add(
            NamespaceId{namespace_id},
            *handlers::domain::find_add_on("duo_enterprise"),
            kPurchase,
            Timestamp{}
        );
    }

    handlers::AddOnPurchaseStore store;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(add_on_purchase_store)

// What was there when the request began may be gone when it writes.
BOOST_DATA_TEST_CASE(namespace_may_be_gone, dialects(), dialect) {
    Purchases purchases{dialect};
    BOOST_TEST((purchases.add(2) == AddedPurchase::no_namespace));
    BOOST_TEST(purchases.database.look("select count(*) from subscription_add_ons") == "0");
    BOOST_TEST((purchases.add(1) == AddedPurchase::added));
    BOOST_TEST((purchases.add(1) == AddedPurchase::exists));
}

BOOST_DATA_TEST_CASE(add_on_is_described_once, dialects(), dialect) {
    Purchases purchases{dialect};
    purchases.arrange(
        {"insert into namespaces (id, type, name, path) values (2, 'Group', 'b', 'b')"}
    );
    BOOST_TEST((purchases.add(1) == AddedPurchase::added));
    BOOST_TEST((purchases.add(2) == AddedPurchase::added));
    BOOST_TEST(
        purchases.database.look("select name || ', ' || description from subscription_add_ons") ==
        "duo_enterprise, GitLab Duo Enterprise"
    );
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::test
