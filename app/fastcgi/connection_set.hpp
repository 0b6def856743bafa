// What the threads of a pool wait for together: the listening socket, the open connections, the
// end.
//
// All threads share one epoll set, and a thread holds a connection only while that has a request.
// An idle kept connection costs no thread, so a few threads serve any number of them.
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <system_error>
#include <vector>

#include <tl/expected.hpp>

#include "app/descriptor.hpp"

namespace innergate::fastcgi {

/// An accepted connection in the hands of one thread. The serial tells it from an earlier one that
/// had the same descriptor.
struct AcceptedConnection {
    int descriptor;
    std::uint32_t serial;
};

class ConnectionSet {
public:
    enum class EventKind { connection_waiting, request_waiting, ended };
    struct Event {
        EventKind kind;
        AcceptedConnection connection;  ///< with request_waiting: now the caller's
    };

    /// `io_timeout`: how long a read from or a write to a connection may block. Throws
    /// std::system_error.
    ConnectionSet(Descriptor listener, std::chrono::milliseconds io_timeout);
    ConnectionSet(const ConnectionSet&) = delete;
    ConnectionSet& operator=(const ConnectionSet&) = delete;
    ~ConnectionSet();

    /// The next thing to do for the calling thread; blocks until there is one. Every thread gets
    /// `ended`.
    [[nodiscard]] Event wait();

    /// Accepts the connections that wait, kMostAtOnce of them at most, and waits for the first
    /// request of each. There may be none: another thread or process was faster. When the system is
    /// out of descriptors or memory, it answers an error, and makes no further attempt for
    /// kAcceptPause (meanwhile clients wait in the listen queue).
    ///
    /// Accepting one at a time would not do: the next one would be accepted only when all requests
    /// that had arrived meanwhile were answered.
    [[nodiscard]] std::error_code accept_waiting();

    /// Idle connections that have something to read. It asks the system about each of them, so it
    /// is meant for a look now and then.
    [[nodiscard]] std::vector<AcceptedConnection> ready_connections() const;

    /// Takes an idle connection, instead of wait(). False: another thread has taken it.
    [[nodiscard]] bool take(AcceptedConnection connection);

    /// Gives a connection back to wait for its next request, here or in the successor.
    void rearm(AcceptedConnection connection);

    /// Says that a connection has been closed by the caller.
    void forget();

    /// No new connections; `ended` comes when the last connection is closed, or after `grace`.
    /// Returns at once. The listening socket is left as it is: it may be shared with a successor.
    void stop(std::chrono::milliseconds grace);

    /// As stop(), but no connection is closed under its peer: those that no thread holds move to
    /// `successor` now, the others when they are given back. `ended` comes at once.
    void hand_over(std::shared_ptr<ConnectionSet> successor);

    /// Whether a connection that has its answer may be kept.
    [[nodiscard]] bool may_keep() const { return !is_stopping_ || has_successor_; }

    /// Closes the connections that no thread holds, and those that a predecessor still hands over.
    void close_idle();

    [[nodiscard]] std::size_t open_connections() const { return open_connections_; }

    /// Connections that have something to read and no thread; those that wait to be accepted count
    /// as one, because the system does not tell how many they are. As costly as
    /// ready_connections().
    [[nodiscard]] std::size_t waiting_connections() const;

    static constexpr std::chrono::milliseconds kAcceptPause{100};
    /// So that requests do not wait long for a thread that accepts.
    static constexpr int kMostAtOnce = 64;

private:
    /// The key of the next ready entry, or nothing when there is none within `timeout_ms` (-1: for
    /// ever).
    [[nodiscard]] std::optional<std::uint64_t> next_ready(int timeout_ms) const;
    /// Hands the connection on or closes it, unless another thread has taken it.
    void leave(AcceptedConnection connection);
    /// False: there was no connection to accept.
    [[nodiscard]] tl::expected<bool, std::error_code> accept();
    [[nodiscard]] std::error_code adopt(Descriptor accepted);
    [[nodiscard]] std::uint32_t next_serial();
    /// Waits for the next request of a connection that the caller holds, and gives it up. False:
    /// the system refused (errno), and the caller still holds it.
    [[nodiscard]] bool watch(AcceptedConnection connection, int operation);
    /// Takes a connection whose event came. False: it will be announced again, or another thread
    /// has it.
    [[nodiscard]] bool take_readable(AcceptedConnection connection);
    /// Takes the connection with this descriptor, if it is idle.
    [[nodiscard]] bool take_idle(std::size_t number);
    /// Takes over a connection that was accepted by a predecessor.
    void receive(Descriptor connection);
    void pass_on(int descriptor);
    void begin_stop(std::chrono::milliseconds grace);
    [[nodiscard]] bool watch_listener() const;
    void unwatch_listener() const;
    void pause_accepting() const;
    void resume_accepting() const;

    Descriptor listener_;
    Descriptor epoll_;
    /// Becomes readable at the end and is never read, so it wakes every thread. It is a timer
    /// because the grace is one too; no thread has to wake up for the stop itself.
    Descriptor end_timer_;
    Descriptor accept_timer_;
    std::chrono::milliseconds io_timeout_;
    std::atomic<bool> is_stopping_ = false;
    std::atomic<bool> is_closed_ = false;       ///< no thread is left
    std::shared_ptr<ConnectionSet> successor_;  ///< written once, before the flag
    std::atomic<bool> has_successor_ = false;
    std::atomic<std::size_t> open_connections_ = 0;
    std::atomic<std::uint32_t> last_serial_ = 0;
    /// By descriptor: the serial of the connection while it is idle, else kHeld or kReadable.
    /// Whoever swaps a serial for kHeld owns the connection.
    std::vector<std::atomic<std::uint32_t>> idle_;
};

}  // namespace innergate::fastcgi
