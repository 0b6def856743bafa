// A worker pool on a socket of its own, and clients for it.
#pragma once

#include <cerrno>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <future>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "app/fastcgi/listen_socket.hpp"
#include "app/fastcgi/worker_pool.hpp"
#include "tests/support/fastcgi_client.hpp"

namespace innergate::fastcgi {

using namespace std::chrono_literals;
using support::FastcgiClient;
using support::FastcgiReply;
using support::FastcgiRequest;

/// No condition in a test takes longer than this, unless something is broken.
inline constexpr std::chrono::seconds kDeadline = FastcgiClient::kDeadline;

class TemporaryDirectory {
public:
    TemporaryDirectory() {
        std::string name = std::filesystem::temp_directory_path() / "innergate-fastcgi-XXXXXX";
        if (::mkdtemp(name.data()) == nullptr) {
            throw std::system_error{errno, std::generic_category(), "mkdtemp"};
        }
        path_ = name;
    }
    TemporaryDirectory(const TemporaryDirectory&) = delete;
    TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;
    ~TemporaryDirectory() { std::filesystem::remove_all(path_); }

    [[nodiscard]] std::string file(std::string_view name) const { return path_ / name; }

private:
    std::filesystem::path path_;
};

/// Events counted on worker threads and waited for by the test.
class Counter {
public:
    void add() {
        const std::lock_guard lock{mutex_};
        ++count_;
        changed_.notify_all();
    }
    [[nodiscard]] bool wait_for(std::size_t count) {
        std::unique_lock lock{mutex_};
        return changed_.wait_for(lock, kDeadline, [&] { return count_ >= count; });
    }
    [[nodiscard]] std::size_t count() {
        const std::lock_guard lock{mutex_};
        return count_;
    }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    std::size_t count_ = 0;
};

/// Holds requests to the target "/wait" until it is opened.
class Gate {
public:
    void wait() {
        entered_.add();
        opened_future_.wait_for(kDeadline);
    }
    void open() { opened_.set_value(); }
    [[nodiscard]] bool wait_for_entered(std::size_t requests) {
        return entered_.wait_for(requests);
    }

private:
    Counter entered_;
    std::promise<void> opened_;
    std::shared_future<void> opened_future_ = opened_.get_future().share();
};

inline http::Response text(std::string body, int status = 200) {
    http::Response response;
    response.status = status;
    response.content_type = "text/plain";
    response.body = std::move(body);
    return response;
}

/// Answers with method and target; to a target that starts with "/read", with the body or the
/// Error's text.
inline http::Response describe(const http::Request& request) {
    if (!request.target.starts_with("/read")) {
        return text(std::string{request.method_name} + " " + std::string{request.target});
    }
    const Result<std::string_view> body = request.body->read(100'000);
    if (body) {
        return text(std::string{*body});
    }
    const int status = body.error().code == ErrorCode::payload_too_large ? 413 : 400;
    return text(body.error().message, status);
}

inline FastcgiRequest get(std::string target) {
    FastcgiRequest request;
    request.target = std::move(target);
    return request;
}

inline FastcgiRequest post(std::string target, std::string body) {
    FastcgiRequest request;
    request.method = "POST";
    request.target = std::move(target);
    request.body = std::move(body);
    return request;
}

/// "<status> <body>", or "closed" when there was no answer.
inline std::string summary(const std::optional<FastcgiReply>& reply) {
    return reply ? std::to_string(reply->status) + " " + reply->body : "closed";
}

class PoolFixture {
public:
    WorkerPoolOptions options{
        .threads = 1,
        .slow_threads = 0,
        .slow_queue = 0,
        .limits = {},
        .drain_grace = 50ms,
        .on_fault = [this](std::string_view) { faults.add(); }};
    Counter faults;

    PoolFixture() = default;
    PoolFixture(const PoolFixture&) = delete;
    PoolFixture& operator=(const PoolFixture&) = delete;
    ~PoolFixture() = default;

    void start(Answer answer = describe) {
        start_with([answer = std::move(answer)](const WorkerThread&) { return answer; });
    }
    void start_with(AnswerFactory make_answer) {
        pool_ = std::make_unique<WorkerPool>(listener(), options, std::move(make_answer));
        pool_->start();
    }
    /// Stops and joins. Call it before what the answers use goes out of scope.
    void end() { pool_.reset(); }
    void start_successor(Answer answer) {
        end();
        start(std::move(answer));
    }

    [[nodiscard]] WorkerPool& pool() { return *pool_; }
    [[nodiscard]] FastcgiClient connect() const {
        return FastcgiClient::connect_unix(socket_path_);
    }
    [[nodiscard]] std::string ask(const FastcgiRequest& request) const {
        FastcgiClient client = connect();
        return summary(client.exchange(request));
    }

    /// Stops and joins; whether it was done within the deadline.
    [[nodiscard]] bool stops_within(std::chrono::milliseconds limit) {
        const auto begin = std::chrono::steady_clock::now();
        pool_->stop();
        pool_->join();
        return std::chrono::steady_clock::now() - begin < limit;
    }

private:
    /// A copy of the one listening socket, as a service manager keeps one.
    [[nodiscard]] Descriptor listener() const {
        return Descriptor{::fcntl(listener_.get(), F_DUPFD_CLOEXEC, 3)};
    }

    TemporaryDirectory directory_;
    std::string socket_path_ = directory_.file("pool.sock");
    Descriptor listener_ = open_listener("unix:" + socket_path_);
    std::unique_ptr<WorkerPool> pool_;
};

}  // namespace innergate::fastcgi
