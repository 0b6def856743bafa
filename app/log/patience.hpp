// How long lines wait for their reader.
#pragma once

#include <atomic>
#include <chrono>

namespace innergate::log {

/// An account of time for all threads. It begins with 100 ms. A wait is charged with the time it
/// takes, once for all who wait at the same time. A line that was written after a wait puts a
/// millisecond back. So a reader that takes a thousand lines a second or more slows requests down
/// but loses no lines. One that takes none, or few, costs 100 ms in all. An empty account is filled
/// again after 10 s.
class Patience {
public:
    using Clock = std::chrono::steady_clock;

    static constexpr std::chrono::milliseconds kMost{100};
    static constexpr std::chrono::milliseconds kPerLine{1};
    static constexpr std::chrono::seconds kUntilNext{10};

    /// A line begins to wait. Answers how long it may; zero: not at all. end() is called either
    /// way.
    [[nodiscard]] Clock::duration begin(Clock::time_point now);

    /// The line waited for `waited`.
    void end(Clock::duration waited, bool was_written, Clock::time_point now);

private:
    std::atomic<Clock::rep> left_{Clock::duration{kMost}.count()};
    std::atomic<Clock::rep> empty_since_{0};
    std::atomic<int> waiting_{0};
};

}  // namespace innergate::log
