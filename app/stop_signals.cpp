#include "app/stop_signals.hpp"

#include <algorithm>
#include <cerrno>

namespace innergate {

StopSignals::StopSignals() {
    sigemptyset(&signals_);
    sigaddset(&signals_, SIGTERM);
    sigaddset(&signals_, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals_, nullptr);
}

std::optional<int> StopSignals::wait_for(std::chrono::nanoseconds time) const {
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
