// A pool with a demo database of its own, for what changes namespaces.
#pragma once

#include <string>

#include <fmt/format.h>

#include "tests/contract/subscriptions/subscription_server.hpp"

namespace innergate::test {

/// The namespace 1 of the demo data has no subscription, 1234 has one, 900001 is a subgroup of it.
struct NamespaceServer : SubscriptionServer {
    static constexpr const char* kTarget = "/api/v4/internal/gitlab_subscriptions/namespaces/";

    explicit NamespaceServer(db::Dialect dialect)
        : SubscriptionServer(dialect, settings::PoolName::internal) {
        server.settings.instance.external_url = "https://gitlab.example.com";
        sql("insert into namespaces (id, type, name, path, parent_id, "
            "shared_runners_minutes_limit) values (900001, 'Group', 'Below', 'sub', 1234, 5)");
    }

    std::string look(const std::string& statement) { return database.look(statement); }

    http::Response put(
        const std::string& id,
        const std::string& body,
        const std::string& content_type = "application/json"
    ) {
        Call request = portal_call(http::Method::put, kTarget + id, body);
        request.content_type = content_type;
        return server.answer(request);
    }
    bool puts(const std::string& id, const std::string& body, const std::string& part) {
        const http::Response response = put(id, body);
        BOOST_TEST(response.status == 200, response.body);
        return response.body.find(part) != std::string::npos;
    }

    /// Quotas of the namespace, from the first to the last.
    std::string quotas(int id = 1) {
        return look(fmt::format(
            "select coalesce(cast(shared_runners_minutes_limit as text), '-') || ' ' || "
            "coalesce(cast(extra_shared_runners_minutes_limit as text), '-') || ' ' || "
            "cast(additional_purchased_storage_size as text) || ' ' || "
            "coalesce(cast(additional_purchased_storage_ends_on as text), '-') "
            "from namespaces where id = {}",
            id
        ));
    }
    std::string subscription(const std::string& columns, int id = 1) {
        return look(fmt::format(
            "select {} from gitlab_subscriptions left join plans on plans.id = hosted_plan_id "
            "where namespace_id = {}",
            columns,
            id
        ));
    }
};

}  // namespace innergate::test
