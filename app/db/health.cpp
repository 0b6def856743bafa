#include "app/db/health.hpp"

#include <utility>

#include "app/db/readiness.hpp"
#include "app/db/session.hpp"

namespace innergate::db {

std::optional<std::string> Health::fault() const {
    const std::lock_guard lock{mutex_};
    return fault_;
}

void Health::was_asked(std::optional<std::string> fault) {
    const bool is_reachable = !fault;
    if (is_reachable) {
        if (is_hung() || !this->is_reachable()) {
            since_.store(Clock::now().time_since_epoch().count(), std::memory_order_relaxed);
        }
        is_hung_.store(false, std::memory_order_relaxed);
    }
    is_reachable_.store(is_reachable, std::memory_order_relaxed);
    const std::lock_guard lock{mutex_};
    fault_ = std::move(fault);
}

HealthProbe::HealthProbe(
    Options options, Health& health, OnChange on_change, std::chrono::milliseconds period
)
    : options_(std::move(options)),
      health_(health),
      on_change_(std::move(on_change)),
      period_(period),
      thread_([this](const std::stop_token& stop) { run(stop); }) {}

void HealthProbe::wait_for_first() const {
    has_asked_.wait(false);
}

void HealthProbe::run(const std::stop_token& stop) {
    Usage usage;
    Session session{options_, usage};
    std::optional<bool> told;
    while (!stop.stop_requested()) {
        const auto begin = Health::Clock::now();
        const std::optional<std::string> fault = fault_of(session);
        if (fault && health_.is_hung() && options_.guard != nullptr) {
            // A call that has waited as long as this one waits for the same.
            options_.guard->cut_calls_running_for(options_.call_timeout);
        }
        health_.was_asked(fault);
        has_asked_.store(true);
        has_asked_.notify_all();
        if (told != !fault) {
            told = !fault;
            on_change_(!fault, fault.value_or(""));
        }
        // A question that waited in vain is asked again at once.
        const auto left = begin + period_ - Health::Clock::now();
        std::unique_lock lock{mutex_};
        stopped_.wait_for(lock, stop, left, [] { return false; });
    }
}

}  // namespace innergate::db
