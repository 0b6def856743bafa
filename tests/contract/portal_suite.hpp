// The billing portal's calls, in the name of the demo data's administrator.
#pragma once

#include <cstddef>
#include <latch>
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
        : database(dialect), server(pool, database) {
        import_demo(database);
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

/// Each call by a client of its own, all at the same moment.
[[nodiscard]] inline std::vector<http::Response> send_at_once(
    TestDatabase& database, settings::PoolName pool, const std::vector<Call>& calls
) {
    std::vector<http::Response> answers(calls.size());
    std::latch start{static_cast<std::ptrdiff_t>(calls.size())};
    std::vector<std::thread> clients;
    clients.reserve(calls.size());
    for (std::size_t index = 0; index < calls.size(); ++index) {
        clients.emplace_back([&, index] {
            InProcessServer server{pool, database};
            // So that nobody has to connect first.
            (void)server.get("/api/v4/namespaces/0/gitlab_subscription", calls[index].headers);
            start.arrive_and_wait();
            answers[index] = server.answer(calls[index]);
        });
    }
    for (std::thread& client : clients) {
        client.join();
    }
    return answers;
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
