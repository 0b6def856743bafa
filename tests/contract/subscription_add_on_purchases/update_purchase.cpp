#include <fmt/format.h>

#include "tests/contract/subscription_add_on_purchases/add_on_suite.hpp"

namespace innergate::test {
namespace {

namespace data = boost::unit_test::data;

constexpr const char* kDoesNotExist =
    R"({"message":"400 Bad request - Add-on purchase for namespace A Namespace Name and add-on )"
    R"(Code Suggestions does not exist, create a new record instead"})";
constexpr const char* kDates = "started_on=2024-06-15&expires_on=2024-07-15";

struct Shop : AddOns {
    using AddOns::AddOns;

    http::Response change(const std::string& id, std::string body) {
        return send(http::Method::put, purchase_target(id), std::move(body));
    }
    /// Everything, with the moment of the change.
    [[nodiscard]] std::string row() {
        return look(
            "select quantity || ' ' || started_at || ' ' || expires_on || ' ' || purchase_xid || "
            "' ' || case when trial then 'trial' else 'paid' end || ' ' || updated_at "
            "from subscription_add_on_purchases"
        );
    }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(update_purchase)

BOOST_DATA_TEST_CASE(documented_example, data::make(dialects()), dialect) {
    Shop shop{dialect};
    shop.add_purchase("1234");
    std::string changed = kDocumentedPurchase;
    changed.replace(changed.find("10"), 2, "15");
    check(
        shop.send(
            http::Method::put,
            purchase_target("1234") +
                R"(?&quantity=15&started_on="2024-06-15"&expires_on="2024-07-15")"
                R"(&purchase_xid="A-S12345678"&trial=true)"
        ),
        200,
        changed
    );
    check(shop.send(http::Method::get, purchase_target("1234")), 200, changed);
    BOOST_TEST(
        shop.look("select count(*) from subscription_add_on_purchases "
                  "where created_at < '2025-01-01' and updated_at > '2026-01-15'") == "1"
    );
}

BOOST_DATA_TEST_CASE(what_is_absent_or_null_stays, data::make(dialects()), dialect) {
    Shop shop{dialect};
    shop.add_purchase("1234");
    check(shop.change("1234", kDates), 200, kDocumentedPurchase);
    check(
        shop.change(
            "1234",
            R"({"quantity":null,"started_on":null,"expires_on":null,"purchase_xid":null,)"
            R"("trial":null})"
        ),
        200,
        kDocumentedPurchase
    );
    check(
        shop.change("1234", "quantity=&started_on=&expires_on=&trial="), 200, kDocumentedPurchase
    );
    BOOST_TEST(
        shop.look("select count(*) from subscription_add_on_purchases "
                  "where updated_at > '2026-01-15'") == "1"
    );
}

BOOST_DATA_TEST_CASE(everything_can_change, data::make(dialects()), dialect) {
    Shop shop{dialect};
    shop.add_purchase("1234");
    check(
        shop.change(
            "1234",
            R"({"quantity":2147483647,"started_on":"2030-01-01","expires_on":"2020-01-01",)"
            R"("purchase_xid":"other","trial":false})"
        ),
        200,
        R"({"namespace_id":1234,"namespace_name":"A Namespace Name","add_on":"Code Suggestions",)"
        R"("quantity":2147483647,"started_on":"2030-01-01","expires_on":"2020-01-01",)"
        R"("purchase_xid":"other","trial":false})"
    );
    BOOST_TEST(shop.row().starts_with("2147483647 2030-01-01 2020-01-01 other paid "), shop.row());
}

BOOST_DATA_TEST_CASE(token_then_namespace_then_add_on, data::make(dialects()), dialect) {
    Shop shop{dialect};
    check_token_namespace_and_add_on(shop, http::Method::put);
}

BOOST_DATA_TEST_CASE(parameters_are_judged_next, data::make(dialects()), dialect) {
    Shop shop{dialect};
    check(
        shop.change("1234", {}), 400, R"({"error":"started_on is missing, expires_on is missing"})"
    );
    check(
        shop.change(
            "1234",
            R"({"quantity":[],"started_on":"soon","expires_on":{},"purchase_xid":[1],"trial":2})"
        ),
        400,
        R"({"error":"quantity is invalid, started_on is invalid, expires_on is invalid, )"
        R"(purchase_xid is invalid, trial is invalid"})"
    );
}

BOOST_DATA_TEST_CASE(
    without_a_purchase_there_is_nothing_to_change, data::make(dialects()), dialect
) {
    Shop shop{dialect};
    check(shop.change("1234", kPurchaseForm), 400, kDoesNotExist);
    check(shop.change("1234", std::string{kPurchaseForm} + "&quantity=0"), 400, kDoesNotExist);
    BOOST_TEST(shop.purchases() == "0");
    // Nor does that of another namespace or add-on count.
    shop.add_purchase("4321");
    check(shop.change("1234", kPurchaseForm), 400, kDoesNotExist);
    BOOST_TEST(
        shop.send(http::Method::put, purchase_target("4321", "duo_enterprise"), kPurchaseForm)
            .status == 400
    );
}

BOOST_DATA_TEST_CASE(record_faults_change_nothing, data::make(dialects()), dialect) {
    Shop shop{dialect};
    shop.add_purchase("1234");
    const std::string row = shop.row();
    const std::string dates = kDates;
    check(
        shop.change("1234", dates + "&quantity=0&purchase_xid="),
        400,
        R"({"message":{"quantity":["must be greater than or equal to 1"],)"
        R"("purchase_xid":["can't be blank"]}})"
    );
    check(
        shop.change("1234", dates + "&purchase_xid=" + std::string(256, 'x')),
        400,
        kTooLongPurchaseXid
    );
    BOOST_TEST(shop.row() == row);
}

BOOST_DATA_TEST_CASE(subgroups_and_people_may_have_one, data::make(dialects()), dialect) {
    Shop shop{dialect};
    shop.add_subgroup();
    shop.add_purchase("50");
    shop.add_purchase("6");
    BOOST_TEST(shop.change("50", kDates).status == 200);
    BOOST_TEST(shop.change("a-namespace-name%2Fpart", kDates).status == 200);
    BOOST_TEST(shop.change("john_smith", kDates).status == 200);
}

// Each changes one column; none may bring back what the other replaced.
BOOST_DATA_TEST_CASE(changes_at_once_all_count, data::make(dialects()), dialect) {
    Shop shop{dialect};
    shop.add_purchase("1234");
    std::vector<Call> calls;
    for (int client = 0; client < 8; ++client) {
        for (const char* const change :
             {R"({"quantity":7)", R"({"purchase_xid":"other")", R"({"trial":false)"}) {
            calls.push_back(portal_call(
                http::Method::put,
                purchase_target("1234"),
                fmt::format(R"({},"started_on":null,"expires_on":null}})", change)
            ));
        }
    }
    const auto answers = send_at_once(shop.database, settings::PoolName::public_, calls);
    BOOST_TEST(count_status(answers, 200) == calls.size());
    BOOST_TEST(shop.row().starts_with("7 2024-06-15 2024-07-15 other paid "), shop.row());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::test
