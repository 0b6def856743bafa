// Whether the database answers, known without asking it. Some routes must answer while it does not,
// and other requests need not wait for it in vain.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>

#include "app/db/options.hpp"

namespace innergate::db {

/// All members may be called from any thread. Sessions ask is_hung() before each call; nothing they
/// ask takes a lock.
class Health {
public:
    using Clock = std::chrono::steady_clock;

    /// Whether the database answered when it was last asked.
    [[nodiscard]] bool is_reachable() const {
        return is_reachable_.load(std::memory_order_relaxed);
    }
    /// A call ran into its deadline, and the database has not answered since: other calls would
    /// wait in vain too. A lock that somebody holds does not count.
    [[nodiscard]] bool is_hung() const { return is_hung_.load(std::memory_order_relaxed); }
    /// When it began to answer again.
    [[nodiscard]] Clock::time_point reachable_since() const {
        return Clock::time_point{Clock::duration{since_.load(std::memory_order_relaxed)}};
    }
    /// Why the database cannot serve now, in a sentence; nothing: it can.
    [[nodiscard]] std::optional<std::string> fault() const;

    /// Records how asking it ended. Nothing: it answered, so calls are let through again.
    void was_asked(std::optional<std::string> fault);
    /// Records that a call waited in vain.
    void call_hung() { is_hung_.store(true, std::memory_order_relaxed); }

private:
    std::atomic<bool> is_reachable_{false};
    std::atomic<bool> is_hung_{false};
    std::atomic<Clock::duration::rep> since_{0};
    mutable std::mutex mutex_;  // protects the text
    std::optional<std::string> fault_{"the database has not been asked yet"};
};

/// Asks the database for a sign of life and for its schema's version, at once and then every
/// `period`, until destroyed. It has a thread and a connection of its own. When its
/// Options::call_timeout is shorter than that of other sessions, it is the first to know.
class HealthProbe {
public:
    /// Called when the answer changes, on the probe's thread; `reason` is empty when it is good.
    using OnChange = std::function<void(bool is_reachable, const std::string& reason)>;

    HealthProbe(
        Options options, Health& health, OnChange on_change, std::chrono::milliseconds period
    );

    /// Returns once the database has been asked for the first time.
    void wait_for_first() const;

private:
    void run(const std::stop_token& stop);

    Options options_;
    Health& health_;
    OnChange on_change_;
    std::chrono::milliseconds period_;
    std::atomic<bool> has_asked_{false};
    std::mutex mutex_;  // only for the wait below
    std::condition_variable_any stopped_;
    std::jthread thread_;  // last: it uses all of the above
};

}  // namespace innergate::db
