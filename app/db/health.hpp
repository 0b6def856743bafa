// Whether the database answers, known without asking it: for routes that must answer while it is
// down.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <stop_token>
#include <string>
#include <thread>

#include "app/db/options.hpp"

namespace innergate::db {

class Session;

class Health {
public:
    [[nodiscard]] bool is_reachable() const { return reachable_.load(std::memory_order_relaxed); }
    void set_reachable(bool reachable) { reachable_.store(reachable, std::memory_order_relaxed); }

private:
    std::atomic<bool> reachable_{false};
};

/// Asks the database for a sign of life on a thread and a connection of its own, now and then every
/// `period`, until destroyed.
class HealthProbe {
public:
    /// Told when the answer changes, from the probe's thread; `reason` is empty when it is good.
    using OnChange = std::function<void(bool is_reachable, const std::string& reason)>;

    /// What else is to be looked at each time the database answers, on the probe's thread. What it
    /// throws of the database's is taken for "not now".
    using Look = std::function<void(Session& session)>;

    HealthProbe(
        Options options,
        Health& health,
        OnChange on_change,
        std::chrono::milliseconds period,
        Look look = {}
    );

private:
    void run(const std::stop_token& stop);
    void look(Session& session) const;

    Options options_;
    Health& health_;
    OnChange on_change_;
    std::chrono::milliseconds period_;
    Look look_;
    std::mutex mutex_;  // only for the wait below
    std::condition_variable_any stopped_;
    std::jthread thread_;  // last: it uses all of the above
};

}  // namespace innergate::db
