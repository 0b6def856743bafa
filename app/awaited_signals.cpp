#include "app/awaited_signals.hpp"

#include <algorithm>
#include <cerrno>

namespace innergate {

AwaitedSignals::AwaitedSignals(std::initializer_list<int> signals) {
    sigemptyset(&signals_);
    for (const int signal : signals) {
        sigaddset(&signals_, signal);
    }
    pthread_sigmask(SIG_BLOCK, &signals_, nullptr);
}

std::optional<int> AwaitedSignals::wait_for(std::chrono::nanoseconds time) const {
    const auto end = std::chrono::steady_clock::now() + time;
    for (;;) {
        const auto left =
            std::max(end - std::chrono::steady_clock::now(), std::chrono::nanoseconds::zero());
        const auto seconds = std::chrono::floor<std::chrono::seconds>(left);
        const timespec timeout{
            .tv_sec = seconds.count(), .tv_nsec = std::chrono::nanoseconds{left - seconds}.count()};
        const int signal = sigtimedwait(&signals_, nullptr, &timeout);
        if (signal > 0) {
            return signal;
        }
        if (errno != EINTR) {
            return std::nullopt;
        }
    }
}

}  // namespace innergate
