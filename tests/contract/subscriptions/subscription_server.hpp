// A pool with a demo database of its own, for what changes subscriptions.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "tests/contract/portal_suite.hpp"

namespace innergate::test {

inline std::string subscription_of(const std::string& id) {
    return "/api/v4/namespaces/" + id + "/gitlab_subscription";
}

struct SubscriptionServer : Portal {
    static constexpr const char* kNoNamespace = R"({"message":"404 Namespace Not Found"})";

    explicit SubscriptionServer(
        db::Dialect dialect, settings::PoolName name = settings::PoolName::public_
    )
        : Portal(dialect, name), pool(name) {}

    http::Response create(const std::string& id, const std::string& body) {
        return send(http::Method::post, subscription_of(id), body);
    }
    http::Response update(const std::string& id, const std::string& body) {
        return send(http::Method::put, subscription_of(id), body);
    }
    /// The answers to the calls, each sent by a client of its own, all at once.
    std::vector<http::Response> send_at_once(const std::vector<Call>& calls) {
        return test::send_at_once(database, pool, calls);
    }

    /// Group 900001 below the demo data's group 1234.
    void add_subgroup() {
        sql("insert into namespaces (id, type, name, path, parent_id) "
            "values (900001, 'Group', 'Below', 'below', 1234)");
    }

    /// Of the namespace's row: plan, first and last day, seats, maximum, seats owed; trial, its
    /// days, kind of extension; renewal.
    std::string row(const std::string& namespace_id) {
        return database.look(
            "select coalesce((select name from plans where plans.id = hosted_plan_id), '-')"
            " || ' ' || start_date || ' ' || coalesce(cast(end_date as text), '-')"
            " || ' ' || seats || ' ' || coalesce(cast(max_seats_used as text), '-')"
            " || ' ' || seats_owed || ', ' || case when trial then 'trial' else 'no trial' end"
            " || ' ' || coalesce(cast(trial_starts_on as text), '-')"
            " || ' ' || coalesce(cast(trial_ends_on as text), '-')"
            " || ' ' || coalesce(cast(trial_extension_type as text), '-')"
            " || ', ' || case when auto_renew then 'yes' when not auto_renew then 'no' else '-' end"
            " from gitlab_subscriptions where namespace_id = " +
            namespace_id
        );
    }
    /// A time in the row of group 1234.
    std::optional<Timestamp> time(const std::string& column) {
        // A session knows its statements by the address of their text.
        static std::set<std::string> texts;
        const std::string& text =
            *texts
                 .insert(
                     "select " + column + " from gitlab_subscriptions where namespace_id = 1234"
                 )
                 .first;
        std::optional<Timestamp> value;
        database.session().fetch_one(db::Query{"test.time", text}, soci::into(value));
        return value;
    }

    settings::PoolName pool;
};

}  // namespace innergate::test
