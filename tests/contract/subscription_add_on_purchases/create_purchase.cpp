#include <set>

#include <fmt/format.h>

#include "tests/contract/subscription_add_on_purchases/add_on_suite.hpp"

namespace innergate::test {
namespace {

namespace data = boost::unit_test::data;

constexpr const char* kExists =
    R"({"message":"400 Bad request - Add-on purchase for namespace A Namespace Name and add-on )"
    R"(Code Suggestions already exists, update the existing record"})";

struct Shop : AddOns {
    using AddOns::AddOns;

    http::Response buy(const std::string& id, std::string body = kPurchaseForm) {
        return send(http::Method::post, purchase_target(id), std::move(body));
    }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(create_purchase)

BOOST_DATA_TEST_CASE(documented_example, data::make(dialects()), dialect) {
    Shop shop{dialect};
    check(
        shop.send(http::Method::post, purchase_target("1234") + "?&" + kPurchaseForm),
        201,
        kDocumentedPurchase
    );
    check(shop.send(http::Method::get, purchase_target("1234")), 200, kDocumentedPurchase);
    BOOST_TEST(
        shop.look(
            "select namespace_id || ' ' || quantity || ' ' || started_at || ' ' || expires_on "
            "|| ' ' || purchase_xid from subscription_add_on_purchases where trial"
        ) == "1234 10 2024-06-15 2024-07-15 A-S12345678"
    );
    BOOST_TEST(
        shop.look("select count(*) from subscription_add_on_purchases "
                  "where created_at = updated_at and created_at >= '2026-01-15'") == "1"
    );
}

// Where a client's shell leaves the quotes of the documented lines in place.
BOOST_DATA_TEST_CASE(quotes_are_taken_off, data::make(dialects()), dialect) {
    Shop shop{dialect};
    check(
        shop.send(
            http::Method::post,
            purchase_target("1234") +
                "?&quantity=10&started_on=%222024-06-15%22&expires_on=\"2024-07-15\""
                "&purchase_xid='A-S12345678'&trial=true"
        ),
        201,
        kDocumentedPurchase
    );
}

BOOST_DATA_TEST_CASE(forms_and_json_are_read, data::make(dialects()), dialect) {
    const std::string json =
        R"({"quantity":10,"started_on":"2024-06-15","expires_on":"15/07/2024",)"
        R"("purchase_xid":"A-S12345678","trial":true})";
    Shop shop{dialect};
    check(shop.buy("1234"), 201, kDocumentedPurchase);
    for (const char* const type : {"application/json", "application/x-www-form-urlencoded", ""}) {
        shop.sql("delete from subscription_add_on_purchases");
        Call call = portal_call(http::Method::post, purchase_target("1234"), json);
        call.content_type = type;
        check(shop.server.answer(call), 201, kDocumentedPurchase);
    }
    // The path wins over both.
    shop.sql("delete from subscription_add_on_purchases");
    check(
        shop.buy("1234", R"({"id":4321,"add_on_name":"duo_enterprise",)" + json.substr(1)),
        201,
        kDocumentedPurchase
    );
}

BOOST_DATA_TEST_CASE(each_add_on_is_bought_apart, data::make(dialects()), dialect) {
    Shop shop{dialect};
    for (const auto& [name, title] : std::initializer_list<std::pair<const char*, const char*>>{
             {"code_suggestions", "Code Suggestions"},
             {"product_analytics", "Product Analytics"},
             {"duo_enterprise", "Duo Enterprise"}}) {
        const http::Response response =
            shop.send(http::Method::post, purchase_target("1234", name), kPurchaseForm);
        BOOST_TEST(response.status == 201);
        BOOST_TEST(response.body.find(fmt::format(R"("add_on":"{}")", title)) != std::string::npos);
    }
    BOOST_TEST(shop.add_ons() == "code_suggestions duo_enterprise product_analytics");
    BOOST_TEST(shop.purchases() == "3");
}

BOOST_DATA_TEST_CASE(namespace_is_named_by_id_or_path, data::make(dialects()), dialect) {
    Shop shop{dialect};
    check(shop.buy("A-Namespace-NAME"), 201, kDocumentedPurchase);
    // Personal ones as well.
    const http::Response response = shop.buy("john_smith");
    BOOST_TEST(response.status == 201);
    BOOST_TEST(response.body.starts_with(R"({"namespace_id":6,"namespace_name":"John Smith",)"));
}

BOOST_DATA_TEST_CASE(token_then_namespace_then_add_on, data::make(dialects()), dialect) {
    Shop shop{dialect};
    check_token_namespace_and_add_on(shop, http::Method::post);
    BOOST_TEST(shop.purchases() == "0");
}

BOOST_DATA_TEST_CASE(parameters_are_judged_next, data::make(dialects()), dialect) {
    Shop shop{dialect};
    shop.add_subgroup();
    shop.add_purchase("1234");
    for (const std::string id : {"1234", "50"}) {
        check(
            shop.buy(id, {}),
            400,
            R"({"error":"quantity is missing, started_on is missing, expires_on is missing, )"
            R"(purchase_xid is missing"})"
        );
        check(
            shop.buy(
                id,
                R"({"quantity":"ten","started_on":"2024-02-30","expires_on":20240715,)"
                R"("purchase_xid":{"a":1},"trial":"maybe"})"
            ),
            400,
            R"({"error":"quantity is invalid, started_on is invalid, expires_on is invalid, )"
            R"(purchase_xid is invalid, trial is invalid"})"
        );
        for (const std::string quantity : {"1.5", "3000000000", "-3000000000", "1x"}) {
            check(
                shop.buy(id, std::string{kPurchaseForm} + "&quantity=" + quantity),
                400,
                R"({"error":"quantity is invalid"})"
            );
        }
    }
}

BOOST_DATA_TEST_CASE(subgroups_buy_nothing, data::make(dialects()), dialect) {
    Shop shop{dialect};
    shop.add_subgroup();
    shop.add_purchase("50");
    const std::string refused =
        R"({"message":"400 Bad request - Namespace Part is not a root namespace"})";
    check(shop.buy("50"), 400, refused);
    check(shop.buy("a-namespace-name%2Fpart"), 400, refused);
    check(shop.buy("50", std::string{kPurchaseForm} + "&quantity=0"), 400, refused);
}

BOOST_DATA_TEST_CASE(second_purchase_is_refused, data::make(dialects()), dialect) {
    Shop shop{dialect};
    check(shop.buy("1234"), 201, kDocumentedPurchase);
    check(shop.buy("1234"), 400, kExists);
    // Whatever else is wrong with it.
    check(shop.buy("1234", std::string{kPurchaseForm} + "&quantity=0&purchase_xid="), 400, kExists);
    check(shop.send(http::Method::get, purchase_target("1234")), 200, kDocumentedPurchase);
    // The same purchase_xid is fine elsewhere.
    BOOST_TEST(shop.buy("4321").status == 201);
    BOOST_TEST(shop.purchases() == "2");
}

BOOST_DATA_TEST_CASE(record_faults_by_column, data::make(dialects()), dialect) {
    Shop shop{dialect};
    check(
        shop.buy(
            "1234", R"({"quantity":null,"started_on":null,"expires_on":null,"purchase_xid":null})"
        ),
        400,
        R"({"message":{"expires_on":["can't be blank"],"started_at":["can't be blank"],)"
        R"("quantity":["can't be blank","is not a number"],"purchase_xid":["can't be blank"]}})"
    );
    check(
        shop.buy("1234", "quantity=&started_on=&expires_on=&purchase_xid="),
        400,
        R"({"message":{"expires_on":["can't be blank"],"started_at":["can't be blank"],)"
        R"("quantity":["can't be blank","is not a number"],"purchase_xid":["can't be blank"]}})"
    );
    for (const std::string quantity : {"0", "-1"}) {
        check(
            shop.buy("1234", std::string{kPurchaseForm} + "&quantity=" + quantity),
            400,
            R"({"message":{"quantity":["must be greater than or equal to 1"]}})"
        );
    }
    for (const std::string xid : {"", "%20%20", "\"\""}) {
        check(
            shop.buy("1234", std::string{kPurchaseForm} + "&purchase_xid=" + xid),
            400,
            R"({"message":{"purchase_xid":["can't be blank"]}})"
        );
    }
    check(
        shop.buy("1234", std::string{kPurchaseForm} + "&purchase_xid=" + std::string(256, 'x')),
        400,
        kTooLongPurchaseXid
    );
    BOOST_TEST(shop.purchases() == "0");
    BOOST_TEST(shop.add_ons().empty());
}

BOOST_DATA_TEST_CASE(purchase_xid_is_limited_in_characters, data::make(dialects()), dialect) {
    Shop shop{dialect};
    std::string umlauts;
    for (int count = 0; count < 255; ++count) {
        umlauts += "%C3%BC";
    }
    BOOST_TEST(
        shop.buy("1234", std::string{kPurchaseForm} + "&purchase_xid=" + umlauts).status == 201
    );
    BOOST_TEST(
        shop.look("select length(purchase_xid) from subscription_add_on_purchases") == "255"
    );
}

BOOST_DATA_TEST_CASE(trial_is_false_unless_said, data::make(dialects()), dialect) {
    Shop shop{dialect};
    const std::string others =
        R"({"quantity":1,"started_on":"2030-01-01","expires_on":"2020-01-01","purchase_xid":"x")";
    for (const std::string trial : {"", R"(,"trial":null)", R"(,"trial":"")", R"(,"trial":"no")"}) {
        const http::Response response = shop.buy("1234", others + trial + "}");
        BOOST_TEST(response.status == 201, response.body);
        BOOST_TEST(response.body.ends_with(R"("trial":false})"));
        shop.sql("delete from subscription_add_on_purchases");
    }
}

BOOST_DATA_TEST_CASE(equal_purchases_at_once_are_one, data::make(dialects()), dialect) {
    Shop shop{dialect};
    const std::vector<Call> calls(
        32, portal_call(http::Method::post, purchase_target("1234"), kPurchaseForm)
    );
    const auto answers = send_at_once(shop.database, settings::PoolName::public_, calls);
    BOOST_TEST(count_status(answers, 201) == 1U);
    for (const http::Response& answer : answers) {
        if (answer.status == 201) {
            check(answer, 201, kDocumentedPurchase);
        } else {
            check(answer, 400, kExists);
        }
    }
    BOOST_TEST(shop.purchases() == "1");
}

BOOST_DATA_TEST_CASE(first_purchases_of_an_add_on_at_once, data::make(dialects()), dialect) {
    Shop shop{dialect};
    std::vector<Call> calls;
    for (int id = 1001; id <= 1032; ++id) {
        shop.sql(fmt::format(
            "insert into namespaces (id, type, name, path) values ({0}, 'Group', 'Shop', "
            "'shop{0}')",
            id
        ));
        calls.push_back(portal_call(
            http::Method::post, purchase_target(std::to_string(id), "duo_enterprise"), kPurchaseForm
        ));
    }
    const auto answers = send_at_once(shop.database, settings::PoolName::public_, calls);
    BOOST_TEST(count_status(answers, 201) == calls.size());
    BOOST_TEST(shop.add_ons() == "duo_enterprise");
    BOOST_TEST(shop.purchases() == "32");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace innergate::test
