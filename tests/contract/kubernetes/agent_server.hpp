// The agent server's calls, in the name of the demo data's agent.
#pragma once

#include <cstddef>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "tests/contract/contract_suite.hpp"

namespace innergate::test {

inline constexpr const char* kAgentToken = "glagent-innergate-demo-agent";
inline constexpr const char* kAgentInfo = "/api/v4/internal/kubernetes/agent_info";

struct AgentServer : InProcessServer {
    explicit AgentServer(TestDatabase& database)
        : InProcessServer(settings::PoolName::internal, database) {
        settings.storages["default"].gitaly_address = "unix:/run/gitaly.sock";
    }

    /// GET with these fields and a fresh token of kas.
    [[nodiscard]] http::Response ask(
        const std::string& target, std::vector<std::pair<std::string, std::string>> fields
    ) {
        fields.emplace_back("Gitlab-Kas-Api-Request", kas_jwt());
        return get(target, std::move(fields));
    }

    /// JSON with a fresh token of kas, and that of the agent.
    [[nodiscard]] http::Response send(
        http::Method method, const std::string& target, const std::string& body
    ) {
        Call call;
        call.method = method;
        call.target = target;
        call.headers = {
            {"Gitlab-Kas-Api-Request", kas_jwt()},
            {"Authorization", std::string{"Bearer "} + kAgentToken}};
        call.content_type = "application/json";
        call.body = body;
        return answer(call);
    }

    /// As kas 17 asks.
    [[nodiscard]] http::Response ask(const std::string& target) {
        return ask(target, {{"Authorization", std::string{"Bearer "} + kAgentToken}});
    }
};

/// The answers to one request, which all clients send at once, each of them `times` times.
inline std::vector<http::Response> send_at_once(
    TestDatabase& database,
    std::size_t clients,
    std::size_t times,
    http::Method method,
    const std::string& target,
    const std::string& body
) {
    std::vector<http::Response> answers(clients * times);
    std::vector<std::thread> threads;
    threads.reserve(clients);
    for (std::size_t client = 0; client < clients; ++client) {
        threads.emplace_back([&, client] {
            AgentServer server{database};
            for (std::size_t time = 0; time < times; ++time) {
                answers[client * times + time] = server.send(method, target, body);
            }
        });
    }
    for (std::thread& thread : threads) {
        thread.join();
    }
    return answers;
}

}  // namespace innergate::test
