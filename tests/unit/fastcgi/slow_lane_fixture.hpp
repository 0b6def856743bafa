// A pool whose requests to targets that start with "/slow" or "/read/slow" need the slow lane.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>

#include "tests/unit/fastcgi/pool_fixture.hpp"

namespace innergate::fastcgi {

class SlowLaneFixture : public PoolFixture {
public:
    Counter handed_over;  ///< requests for which the slow lane had a place
    Counter done_slowly;  ///< requests answered there, the answer not sent yet
    Counter ended;        ///< threads of the fast lane that have ended
    Gate gate;            ///< holds requests to "/slow/wait" in the slow lane

    SlowLaneFixture() {
        options.threads = 4;
        options.slow_threads = 2;
        options.slow_queue = 62;
    }
    SlowLaneFixture(const SlowLaneFixture&) = delete;
    SlowLaneFixture& operator=(const SlowLaneFixture&) = delete;
    ~SlowLaneFixture() { end(); }

    void start_with_lane() {
        start_with([this](const WorkerThread& thread) { return make_answer(thread); });
    }

    /// Occupies every thread of the lane.
    [[nodiscard]] std::vector<FastcgiClient> hold_lane() {
        std::vector<FastcgiClient> clients;
        for (unsigned count = 0; count < options.slow_threads; ++count) {
            clients.push_back(connect());
            clients.back().send(get("/slow/wait"));
        }
        if (!gate.wait_for_entered(options.slow_threads)) {
            throw std::runtime_error{"the slow lane does not work"};
        }
        return clients;
    }

    /// Requests that were handed over may still be on their way in: waits until so many are queued.
    [[nodiscard]] bool wait_for_queued(std::size_t requests) {
        const auto deadline = std::chrono::steady_clock::now() + kDeadline;
        while (pool().slow_requests_queued() != requests) {
            if (std::chrono::steady_clock::now() > deadline) {
                return false;
            }
            std::this_thread::yield();
        }
        return true;
    }

private:
    Answer make_answer(const WorkerThread& thread) {
        if (thread.lane == Lane::slow) {
            return [this](const http::Request& request) { return answer_slowly(request); };
        }
        // Ends with the last copy of the answer, that is with the thread.
        const std::shared_ptr<SlowLaneFixture> life{
            this, [](SlowLaneFixture* fixture) { fixture->ended.add(); }};
        return [life, thread](const http::Request& request) {
            return life->answer_fast(thread, request);
        };
    }

    std::optional<http::Response> answer_fast(
        const WorkerThread& thread, const http::Request& request
    ) {
        const bool is_slow =
            request.target.starts_with("/slow") || request.target.starts_with("/read/slow");
        if (!is_slow) {
            return describe(request);
        }
        if (!thread.reserve_slow_place()) {
            return text("full", 503);
        }
        handed_over.add();
        return std::nullopt;
    }

    std::optional<http::Response> answer_slowly(const http::Request& request) {
        if (request.target == "/slow/wait") {
            gate.wait();
        }
        if (request.target == "/slow/throw") {
            throw std::runtime_error{"secret detail"};
        }
        if (request.target == "/slow/again") {
            return std::nullopt;
        }
        done_slowly.add();
        return describe(request);
    }
};

}  // namespace innergate::fastcgi
