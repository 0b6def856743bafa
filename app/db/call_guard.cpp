#include "app/db/call_guard.hpp"

#include <utility>

namespace innergate::db {

void GuardedCalls::know_connection(std::function<void()> cut) {
    const std::lock_guard lock{mutex_};
    cut_ = std::move(cut);
}

void GuardedCalls::forget_connection() {
    const std::lock_guard lock{mutex_};
    cut_ = nullptr;
}

void GuardedCalls::cut_if_late(Clock::time_point now) {
    Ticks deadline = deadline_.load();
    if (deadline <= kNone || now.time_since_epoch().count() < deadline) {
        return;
    }
    const std::lock_guard lock{mutex_};
    // If the deadline is still the same, the same call still runs. If the call ends at this very
    // moment, it ends as one that was cut.
    if (cut_ && deadline_.compare_exchange_strong(deadline, kCut)) {
        cut_();
    }
}

CallGuard::CallGuard() : thread_([this](const std::stop_token& stop) { run(stop); }) {}

std::shared_ptr<GuardedCalls> CallGuard::add_session(std::chrono::milliseconds timeout) {
    auto session = std::make_shared<GuardedCalls>(timeout);
    const std::lock_guard lock{mutex_};
    sessions_.push_back(session);
    return session;
}

template <class Look>
void CallGuard::look_at_each(const Look& look) {
    const std::lock_guard lock{mutex_};
    std::erase_if(sessions_, [&look](const std::weak_ptr<GuardedCalls>& weak) {
        const std::shared_ptr<GuardedCalls> session = weak.lock();
        if (session != nullptr) {
            look(*session);
        }
        return session == nullptr;
    });
}

void CallGuard::run(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
        look_at_each([now = GuardedCalls::Clock::now()](GuardedCalls& calls) {
            calls.cut_if_late(now);
        });
        std::unique_lock lock{mutex_};
        stopped_.wait_for(lock, stop, kPeriod, [] { return false; });
    }
}

void CallGuard::cut_calls_running_for(std::chrono::milliseconds age) {
    look_at_each([age, now = GuardedCalls::Clock::now()](GuardedCalls& calls) {
        calls.cut_if_running_for(age, now);
    });
}

}  // namespace innergate::db
