// The billing portal's calls, in the name of the demo data's administrator.
#pragma once

#include <barrier>
#include <cstddef>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "tests/contract/contract_suite.hpp"

namespace innergate::test {

inline constexpr const char* kPortalToken = "glpat-innergate-demo-admin";

/// A body that begins with `{` comes as JSON, any other as a form.
[[nodiscard]] inline Call portal_call(http::Method method, std::string target, std::string body) {
    Call call;
    call.method = method;
    call.target = std::move(target);
    call.headers = {{"PRIVATE-TOKEN", kPortalToken}};
    call.content_type =
        body.starts_with('{') ? "application/json" : "application/x-www-form-urlencoded";
    call.body = std::move(body);
    return call;
}

/// A server on demo data that the test may change.
struct Portal {
    Portal(db::Dialect dialect, settings::PoolName pool)
        : database(dialect, Content::demo), server(pool, database) {
        forget_sales(database);
    }

    void sql(const std::string& statement) { database.session().execute_once(statement); }
    [[nodiscard]] std::string look(const std::string& query) { return database.look(query); }
    [[nodiscard]] http::Response send(
        http::Method method, std::string target, std::string body = {}
    ) {
        return server.answer(portal_call(method, std::move(target), std::move(body)));
    }

    TestDatabase database;
    InProcessServer server;
};

/// The answers to what the clients send. All send their first calls at the same moment, then the
/// second ones. All send the same number of calls.
[[nodiscard]] inline std::vector<http::Response> send_at_once(
    TestDatabase& database, settings::PoolName pool, const std::vector<std::vector<Call>>& clients
) {
    std::vector<std::vector<http::Response>> answers(clients.size());
    std::barrier turn{static_cast<std::ptrdiff_t>(clients.size())};
    std::vector<std::thread> threads;
    threads.reserve(clients.size());
    for (std::size_t index = 0; index < clients.size(); ++index) {
        threads.emplace_back([&, index] {
            InProcessServer server{pool, database};
            // One call for each pool, so that no client has to connect later.
            for (const char* const target :
                 {"/api/v4/namespaces/0/gitlab_subscription",
                  "/api/v4/internal/gitlab_subscriptions/users/0"}) {
                (void)server.answer(portal_call(http::Method::get, target, {}));
            }
            for (const Call& call : clients[index]) {
                turn.arrive_and_wait();
                answers[index].push_back(server.answer(call));
            }
        });
    }
    for (std::thread& thread : threads) {
        thread.join();
    }
    std::vector<http::Response> all;
    for (const std::vector<http::Response>& of_client : answers) {
        all.insert(all.end(), of_client.begin(), of_client.end());
    }
    return all;
}

/// As above, but each call has a client of its own.
[[nodiscard]] inline std::vector<http::Response> send_at_once(
    TestDatabase& database, settings::PoolName pool, const std::vector<Call>& calls
) {
    std::vector<std::vector<Call>> clients;
    clients.reserve(calls.size());
    for (const Call& call : calls) {
        clients.push_back({call});
    }
    return send_at_once(database, pool, clients);
}

[[nodiscard]] inline std::size_t count_status(
    const std::vector<http::Response>& answers, int status
) {
    std::size_t count = 0;
    for (const http::Response& answer : answers) {
        count += answer.status == status ? 1 : 0;
    }
    return count;
}

}  // namespace innergate::test
