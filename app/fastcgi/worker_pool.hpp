// The threads that serve one listening socket. What an answer is, and signals, are the caller's
// business.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <future>
#include <memory>
#include <string_view>
#include <thread>
#include <vector>

#include "app/descriptor.hpp"
#include "app/fastcgi/answer.hpp"
#include "app/fastcgi/connection_set.hpp"
#include "app/fastcgi/request_server.hpp"
#include "app/fastcgi/saturation.hpp"
#include "app/fastcgi/slow_lane.hpp"
#include "app/settings/limits.hpp"

namespace innergate::fastcgi {

struct WorkerPoolOptions {
    unsigned threads = 4;
    /// Further threads, for requests that need the slow lane; 0: there is no such lane, and no
    /// Answer may hand a request on.
    unsigned slow_threads = 0;
    std::size_t slow_queue = 64;  ///< requests that may wait for one of them
    /// A request that has waited longer is late (http::Request::is_late): the work on it would
    /// outlast nginx's patience.
    std::chrono::milliseconds slow_patience{10'000};
    settings::Limits limits;
    /// How long a stopping pool waits for a last request on connections that are kept and idle.
    /// nginx may be about to send one; closing under it costs that request.
    std::chrono::milliseconds drain_grace{200};
    /// Says by its target whether a request without a body must be answered even while all threads
    /// are held up by others. A thread of its own does that; empty: there is no such thread. Must
    /// be thread-safe.
    std::function<bool(std::string_view target)> is_urgent = nullptr;
    OnFault on_fault = [](std::string_view) {};
};

class WorkerPool {
public:
    /// `listener`: a listening, non-blocking socket (see open_listener()). SIGPIPE is ignored from
    /// now on.
    WorkerPool(Descriptor listener, WorkerPoolOptions options, AnswerFactory make_answer);
    WorkerPool(const WorkerPool&) = delete;
    WorkerPool& operator=(const WorkerPool&) = delete;
    /// Stops and joins.
    ~WorkerPool();

    /// Returns when every thread has its Answer; rethrows what a factory call threw, with all
    /// threads stopped. The threads receive no signals.
    void start();

    /// Begins to drain and returns at once. No new connections (they wait in the listen queue for a
    /// successor); running requests are finished; a kept connection is closed after its next
    /// answer; the threads end when no connection is left, or after the grace. The slow lane's end
    /// after them, when they have answered what it holds.
    void stop();

    /// As stop(), but open connections are handed to `successor`, which has been started: its
    /// threads serve their next requests, and none is closed under its peer.
    void stop_for(WorkerPool& successor);

    /// Waits for all threads to end, after a stop.
    void join();

    /// The number of threads, without those of the slow lane.
    [[nodiscard]] std::size_t threads() const { return thread_count_; }
    /// Threads that have a request or connection in hand at this moment.
    [[nodiscard]] std::size_t threads_busy() const { return saturation_.busy(); }
    /// Grows whenever a thread takes something up, or is done with it.
    [[nodiscard]] std::uint64_t changes() const { return saturation_.changes(); }
    [[nodiscard]] std::size_t slow_threads_busy() const { return slow_lane_.running(); }
    /// Requests that wait for a thread of the slow lane.
    [[nodiscard]] std::size_t slow_requests_queued() const { return slow_lane_.queued(); }
    /// At least this many requests wait for a thread; see ConnectionSet::waiting_connections().
    [[nodiscard]] std::size_t requests_waiting() const {
        return connections_->waiting_connections();
    }
    [[nodiscard]] std::size_t open_connections() const { return connections_->open_connections(); }

private:
    [[nodiscard]] WorkerThread describe_thread(unsigned index);
    void run(unsigned index, std::promise<void> ready);
    void work(unsigned index, const Answer& answer);
    void work_slowly(const Answer& answer);
    void serve_urgent(const Answer& answer);
    void accept_connections();
    void serve(
        AcceptedConnection connection, std::unique_ptr<RequestServer>& server, const Answer& answer
    );
    void give_back(AcceptedConnection connection, Connection state);
    [[nodiscard]] std::unique_ptr<RequestServer> make_server() const;

    WorkerPoolOptions options_;
    std::size_t thread_count_;
    AnswerFactory make_answer_;
    std::shared_ptr<ConnectionSet> connections_;  ///< a predecessor may outlive the pool
    SlowLane slow_lane_;
    RequestServer::MayKeep may_keep_;
    Saturation saturation_;
    std::vector<std::thread> threads_;
    std::vector<std::thread> slow_threads_;
    std::vector<std::thread> urgent_threads_;  ///< one, or none
};

}  // namespace innergate::fastcgi
