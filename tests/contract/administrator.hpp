// An administrator's calls on demo data of a test's own.
#pragma once

#include <cstddef>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "tests/contract/contract_suite.hpp"

namespace innergate::test {

inline constexpr const char* kDemoAdministrator = "glpat-innergate-demo-admin";

/// JSON with the administrator's token, unless something else is said.
[[nodiscard]] inline Call administrators_call(
    http::Method method,
    const std::string& target,
    const std::string& body = {},
    const std::string& content_type = "application/json"
) {
    Call call;
    call.method = method;
    call.target = target;
    call.headers = {{"PRIVATE-TOKEN", kDemoAdministrator}};
    call.content_type = content_type;
    call.body = body;
    return call;
}

struct Administrator {
    Administrator(settings::PoolName pool, db::Dialect dialect)
        : database(dialect, Content::demo), server(pool, database) {
        forget_sales(database);
    }

    void sql(const std::string& statement) { database.session().execute_once(statement); }
    [[nodiscard]] std::string look(const std::string& sql) { return database.look(sql); }

    [[nodiscard]] http::Response send(
        http::Method method,
        const std::string& target,
        const std::string& body = {},
        const std::string& content_type = "application/json"
    ) {
        return server.answer(administrators_call(method, target, body, content_type));
    }

    TestDatabase database;
    InProcessServer server;
};

/// The answers to calls that are made at once, each by a client of its own.
[[nodiscard]] inline std::vector<http::Response> answer_at_once(
    settings::PoolName pool, TestDatabase& database, const std::vector<Call>& calls
) {
    std::vector<http::Response> answers(calls.size());
    std::vector<std::thread> threads;
    threads.reserve(calls.size());
    for (std::size_t client = 0; client < calls.size(); ++client) {
        threads.emplace_back([&, client] {
            InProcessServer server{pool, database};
            answers[client] = server.answer(calls[client]);
        });
    }
    for (std::thread& thread : threads) {
        thread.join();
    }
    return answers;
}

/// Done, and nothing said.
inline void check_no_content(const http::Response& response) {
    BOOST_TEST(response.status == 204);
    BOOST_TEST(response.body.empty());
    BOOST_TEST(response.content_type.empty());
}

}  // namespace innergate::test
