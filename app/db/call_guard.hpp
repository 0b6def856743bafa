// Deadlines for calls that would last for ever because the server neither refuses nor answers.
//
// libpq waits for its socket without a time-out, and only a server that lives keeps
// `statement_timeout`. So a thread looks after the running calls, and cuts the connection of a call
// that is past its deadline: the blocked call then returns with an error.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <stop_token>
#include <thread>
#include <vector>

namespace innergate::db {

/// What the guard knows of one session. One call runs at a time; begin() and end() belong to the
/// session's thread.
class GuardedCalls {
public:
    using Clock = std::chrono::steady_clock;

    explicit GuardedCalls(std::chrono::milliseconds timeout) : timeout_(timeout) {}

    /// `cut` makes a call on the connection return; it may be called until forget_connection().
    void know_connection(std::function<void()> cut);
    /// To be called before the connection is closed: later its number may belong to something else.
    void forget_connection();

    void begin() { deadline_.store((Clock::now() + timeout_).time_since_epoch().count()); }
    /// Whether the call was cut.
    bool end() { return deadline_.exchange(kNone) == kCut; }

    /// Cuts the call that runs if `now` is past its deadline.
    void cut_if_late(Clock::time_point now);
    /// Cuts the call that runs if it has run for `age`.
    void cut_if_running_for(std::chrono::milliseconds age, Clock::time_point now) {
        cut_if_late(now + (timeout_ - age));
    }

private:
    using Ticks = Clock::duration::rep;
    static constexpr Ticks kNone = 0;
    static constexpr Ticks kCut = -1;

    alignas(64) std::atomic<Ticks> deadline_{kNone};
    const Clock::duration timeout_;
    std::function<void()> cut_;
    std::mutex mutex_;  // protects cut_; no call to the database takes it
};

/// Looks after the sessions of a process. A late call is cut at most kPeriod after its deadline.
class CallGuard {
public:
    static constexpr std::chrono::milliseconds kPeriod{100};

    CallGuard();

    /// For one session, whose calls may take `timeout` each. The guard looks after it until the
    /// session lets go of the result.
    [[nodiscard]] std::shared_ptr<GuardedCalls> add_session(std::chrono::milliseconds timeout);

    /// Cuts all calls that have run for `age`, because the database was found to hang.
    void cut_calls_running_for(std::chrono::milliseconds age);

private:
    void run(const std::stop_token& stop);
    template <class Look>
    void look_at_each(const Look& look);

    std::mutex mutex_;
    std::condition_variable_any stopped_;
    std::vector<std::weak_ptr<GuardedCalls>> sessions_;
    std::jthread thread_;  // last: it uses all of the above
};

}  // namespace innergate::db
