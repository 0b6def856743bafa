// What the tests of add-on purchases share.
#pragma once

#include <string>

#include "tests/contract/portal_suite.hpp"

namespace innergate::test {

inline constexpr const char* kNamespaceNotFound = R"({"message":"404 Namespace Not Found"})";
inline constexpr const char* kAddOnNotFound = R"({"message":"404 Subscription Add-on Not Found"})";
/// As the documented curl lines send it.
inline constexpr const char* kPurchaseForm =
    "quantity=10&started_on=2024-06-15&expires_on=2024-07-15&purchase_xid=A-S12345678&trial=true";
inline constexpr const char* kDocumentedPurchase =
    R"({"namespace_id":1234,"namespace_name":"A Namespace Name","add_on":"Code Suggestions",)"
    R"("quantity":10,"started_on":"2024-06-15","expires_on":"2024-07-15",)"
    R"("purchase_xid":"A-S12345678","trial":true})";

inline constexpr const char* kTooLongPurchaseXid =
    R"json({"message":{"purchase_xid":["is too long (maximum is 255 characters)"]}})json";

[[nodiscard]] inline std::string purchase_target(
    const std::string& id, const std::string& add_on = "code_suggestions"
) {
    return "/api/v4/namespaces/" + id + "/subscription_add_on_purchase/" + add_on;
}

struct AddOns : Portal {
    explicit AddOns(db::Dialect dialect) : Portal(dialect, settings::PoolName::public_) {}

    /// The namespace 50, below that of the documented examples.
    void add_subgroup() {
        sql("insert into namespaces (id, type, parent_id, name, path) "
            "values (50, 'Group', 1234, 'Part', 'part')");
        sql("insert into routes (source_type, source_id, path) "
            "values ('Namespace', 50, 'a-namespace-name/part')");
    }
    /// Adds the documented purchase, but for this namespace.
    void add_purchase(const std::string& namespace_id) {
        sql("insert into subscription_add_ons (name, description) "
            "values ('code_suggestions', 'text') on conflict do nothing");
        sql("insert into subscription_add_on_purchases (subscription_add_on_id, namespace_id, "
            "quantity, started_at, expires_on, purchase_xid, trial, created_at, updated_at) "
            "select id, " +
            namespace_id +
            ", 10, '2024-06-15', '2024-07-15', 'A-S12345678', true, '2024-01-01T00:00:00.000Z', "
            "'2024-01-01T00:00:00.000Z' from subscription_add_ons");
    }
    [[nodiscard]] std::string purchases() {
        return look("select count(*) from subscription_add_on_purchases");
    }
    [[nodiscard]] std::string add_ons() {
        return look("select name from subscription_add_ons order by name");
    }
};

/// Checks what is judged first, in this order: token, namespace, add-on. Leaves no token behind.
inline void check_token_namespace_and_add_on(AddOns& shop, http::Method method) {
    const auto ask = [&shop, method](const std::string& id, const std::string& add_on) {
        return shop.send(method, purchase_target(id, add_on));
    };
    for (const std::string id : {"999999", "-1234", "99999999999999999999", "nobody", "a%2Fb"}) {
        BOOST_TEST_CONTEXT(id) {
            check(ask(id, "code_suggestions"), 404, kNamespaceNotFound);
        }
    }
    check(ask("nobody", "duo_pro"), 404, kNamespaceNotFound);
    for (const std::string add_on :
         {"duo_pro", "gitlab_duo_pro", "Code_Suggestions", "code-suggestions", "%20"}) {
        BOOST_TEST_CONTEXT(add_on) {
            check(ask("1234", add_on), 404, kAddOnNotFound);
        }
    }
    check(ask("a/b", "code_suggestions"), 404, R"({"error":"404 Not Found"})");
    shop.sql("update users set admin = false where id = 1");
    check(ask("nobody", "duo_pro"), 403, R"({"message":"403 Forbidden"})");
    shop.sql("delete from personal_access_tokens");
    check(ask("nobody", "duo_pro"), 401, R"({"message":"401 Unauthorized"})");
}

}  // namespace innergate::test
