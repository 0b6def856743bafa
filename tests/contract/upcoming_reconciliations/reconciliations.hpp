// What the tests of upcoming reconciliations share.
#pragma once

#include <string>

#include "tests/contract/administrator.hpp"

namespace innergate::test::reconciliations {

inline constexpr const char* kReconciliations = "/api/v4/internal/upcoming_reconciliations";
inline constexpr const char* kForm = "application/x-www-form-urlencoded";
inline constexpr const char* kForbidden = R"({"message":"403 Forbidden"})";
inline constexpr const char* kNotSold =
    R"({"message":"403 Forbidden - This API is gitlab.com only!"})";
inline constexpr const char* kUnauthorized = R"({"message":"401 Unauthorized"})";

[[nodiscard]] inline std::string reconciliations_of(const std::string& id) {
    return "/api/v4/internal/gitlab_subscriptions/namespaces/" + id + "/upcoming_reconciliations";
}

struct Reconciliations : Administrator {
    explicit Reconciliations(db::Dialect dialect)
        : Administrator(settings::PoolName::internal, dialect) {}

    [[nodiscard]] http::Response put_all(
        const std::string& body, const std::string& content_type = "application/json"
    ) {
        return send(http::Method::put, kReconciliations, body, content_type);
    }
    [[nodiscard]] http::Response put(
        const std::string& id,
        const std::string& body,
        const std::string& content_type = "application/json"
    ) {
        return send(http::Method::put, reconciliations_of(id), body, content_type);
    }
    void add(const std::string& namespace_id) {
        sql("insert into upcoming_reconciliations (namespace_id, next_reconciliation_date, "
            "display_alert_from) values (" +
            namespace_id + ", '2020-01-02', '2020-01-01')");
    }
    /// `127 2021-06-13 2021-06-06`, by namespace, with commas between.
    [[nodiscard]] std::string stored() {
        return look(
            "select namespace_id || ' ' || next_reconciliation_date || ' ' || display_alert_from "
            "|| ',' from upcoming_reconciliations order by namespace_id"
        );
    }
};

/// Checks the refusals before the handler: first where nothing is sold, then for those who may not.
inline void check_refusals(Reconciliations& announced, const Call& call) {
    Call anonymous = call;
    anonymous.headers.clear();
    InProcessServer& server = announced.server;
    server.settings.billing.saas = false;
    check(server.answer(anonymous), 403, kNotSold);
    check(server.answer(call), 403, kNotSold);
    server.settings.billing.saas = true;
    check(server.answer(anonymous), 401, kUnauthorized);
    announced.sql("update users set admin = false where id = 1");
    check(server.answer(call), 403, kForbidden);
    announced.sql("update users set admin = true where id = 1");
    announced.sql("update application_settings set admin_mode = true");
    check(server.answer(call), 403, kForbidden);
    announced.sql("update application_settings set admin_mode = false");
    announced.sql("update personal_access_tokens set scopes = '[\"read_api\"]'");
    BOOST_TEST(server.answer(call).status == 403);
    announced.sql("update personal_access_tokens set scopes = '[\"api\"]'");
}

}  // namespace innergate::test::reconciliations
