// Signals that a thread waits for, so that they interrupt nothing.
#pragma once

#include <chrono>
#include <csignal>
#include <optional>

#include <initializer_list>

namespace innergate {

/// Blocks signals for good, in this thread and in those it starts from now on. A second signal must
/// not end the process while it stops in order.
class AwaitedSignals {
public:
    AwaitedSignals(std::initializer_list<int> signals);

    /// The signal; nothing: none came in that time.
    [[nodiscard]] std::optional<int> wait_for(std::chrono::nanoseconds time) const;

private:
    sigset_t signals_{};
};

}  // namespace innergate
