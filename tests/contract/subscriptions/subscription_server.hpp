// A pool with a demo database of its own, for what changes subscriptions.
#pragma once

#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "tests/contract/contract_suite.hpp"

namespace innergate::test {

inline std::string subscription_of(const std::string& id) {
    return "/api/v4/namespaces/" + id + "/gitlab_subscription";
}

struct SubscriptionServer {
    static constexpr const char* kToken = "glpat-innergate-demo-admin";
    static constexpr const char* kNoNamespace = R"({"message":"404 Namespace Not Found"})";

    explicit SubscriptionServer(
        db::Dialect dialect, settings::PoolName name = settings::PoolName::public_
    )
        : pool(name), database(dialect, Content::demo), server(pool, database) {}

    void sql(const std::string& statement) { database.session().execute_once(statement); }

    /// With the administrator's token. A body that begins with `{` is JSON, any other a form.
    static Call call(http::Method method, const std::string& target, const std::string& body) {
        const bool is_json = body.starts_with('{');
        return {
            .method = method,
            .target = target,
            .headers = {{"PRIVATE-TOKEN", kToken}},
            .content_type = is_json ? "application/json" : "application/x-www-form-urlencoded",
            .body = body};
    }
    http::Response send(
        http::Method method, const std::string& target, const std::string& body = {}
    ) {
        return server.answer(call(method, target, body));
    }
    http::Response create(const std::string& id, const std::string& body) {
        return send(http::Method::post, subscription_of(id), body);
    }
    http::Response update(const std::string& id, const std::string& body) {
        return send(http::Method::put, subscription_of(id), body);
    }
    /// The answers to the calls, each sent by a client of its own, all at once.
    std::vector<http::Response> send_at_once(const std::vector<Call>& calls) {
        std::vector<http::Response> answers(calls.size());
        std::vector<std::thread> threads;
        threads.reserve(calls.size());
        for (std::size_t client = 0; client < calls.size(); ++client) {
            threads.emplace_back([this, &answers, &calls, client] {
                InProcessServer own{pool, database};
                answers[client] = own.answer(calls[client]);
            });
        }
        for (std::thread& thread : threads) {
            thread.join();
        }
        return answers;
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
    /// Of the row of group 1234.
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
    TestDatabase database;
    InProcessServer server;
};

}  // namespace innergate::test
