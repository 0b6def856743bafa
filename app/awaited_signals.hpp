// Signals as something that is waited for, not something that interrupts.
#pragma once

#include <chrono>
#include <csignal>
#include <optional>

#include <initializer_list>

namespace innergate {

/// Blocks signals in this thread and in those it starts from now on, for good: a second one must
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
