// The requests that take long: a queue of bounded length from the threads that read requests to the
// few that do the slow work. The threads themselves are the pool's.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <memory>
#include <mutex>
#include <vector>

#include "app/fastcgi/connection_set.hpp"
#include "app/fastcgi/request_server.hpp"

namespace innergate::fastcgi {

/// A request read but not answered, with all that belongs to it.
struct SlowRequest {
    std::unique_ptr<RequestServer> server;
    AcceptedConnection connection{};
    std::chrono::steady_clock::time_point entered{};  ///< set by enter()
};

/// All members may be called from any thread. The lock is taken by requests that need the lane, and
/// by no other.
class SlowLane {
public:
    /// `threads` requests can be worked on and `queue` wait behind them. Without threads there is
    /// no lane: every reservation is refused.
    SlowLane(unsigned threads, std::size_t queue)
        : threads_(threads), places_(threads == 0 ? 0 : threads + queue) {}

    /// Whether one more request may enter(). If so, it has a place until it has left.
    [[nodiscard]] bool reserve();

    /// Takes over a request that has a reservation. The calling thread has just given its own
    /// server away, so it gets one that an earlier request left behind; null: there is none.
    [[nodiscard]] std::unique_ptr<RequestServer> enter(SlowRequest request);

    /// The next request to work on; blocks until there is one. A result without a server says that
    /// the lane is closed and all requests have been taken.
    [[nodiscard]] SlowRequest next();

    /// Ends the work on a request that next() handed out. Its server is kept for enter(), but no
    /// more of them than the lane has threads: a burst does not hold memory for ever.
    void leave(std::unique_ptr<RequestServer> server);

    /// From now on next() does not block: it hands out what waits, then says that it is over.
    void close();

    /// Requests that wait for a thread.
    [[nodiscard]] std::size_t queued() const;
    /// Requests that a thread works on.
    [[nodiscard]] std::size_t running() const;

private:
    const std::size_t threads_;
    const std::size_t places_;
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<SlowRequest> queue_;
    std::vector<std::unique_ptr<RequestServer>> spares_;
    std::size_t reserved_ = 0;  ///< on their way in, queued or running
    std::size_t running_ = 0;
    bool is_closed_ = false;
};

}  // namespace innergate::fastcgi
