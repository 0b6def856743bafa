// SIGTERM and SIGINT as something that is waited for, not something that interrupts.
#pragma once

#include <chrono>
#include <csignal>
#include <optional>

namespace innergate {

/// Blocks both signals in this thread and in those it starts from now on, for good: a second one
/// must not end the process while it stops in order.
class StopSignals {
public:
    StopSignals();

    /// The signal; nothing: none came in that time.
    [[nodiscard]] std::optional<int> wait_for(std::chrono::nanoseconds time) const;

private:
    sigset_t signals_{};
};

}  // namespace innergate
