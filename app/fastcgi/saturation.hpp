// Notices that all threads of a pool are held up by what they have in hand.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <vector>

namespace innergate::fastcgi {

/// The threads tell when they take something up and when they are done; one more thread waits until
/// all of them have been at the same thing for kPatience. Telling takes no lock.
class Saturation {
public:
    explicit Saturation(std::size_t threads) : threads_(threads), seen_(threads) {}

    static constexpr std::chrono::milliseconds kPatience{10};

    void begin(std::size_t thread) {
        threads_[thread].changes.fetch_add(1);
        if (busy_.fetch_add(1) + 1 == threads_.size() && is_awake_.exchange(1) == 0) {
            is_awake_.notify_one();
        }
    }
    void end(std::size_t thread) {
        busy_.fetch_sub(1);
        threads_[thread].changes.fetch_add(1);
    }

    [[nodiscard]] std::size_t busy() const { return busy_; }
    /// What was taken up and what was done, since the start.
    [[nodiscard]] std::uint64_t changes() const;

    /// Blocks until all threads are held up. While they stay so, each further call returns after
    /// kPatience. False: finish() was called. Only one thread may call it.
    [[nodiscard]] bool wait();
    /// Ends the waiting, for good.
    void finish();

private:
    /// Odd while the thread has something in hand. Each on a cache line of its own.
    struct alignas(64) Thread {
        std::atomic<std::uint32_t> changes{0};
    };

    /// Whether every thread still has in hand what it had at the previous call.
    [[nodiscard]] bool is_held_up();
    void pause();

    alignas(64) std::atomic<std::size_t> busy_{0};
    std::atomic<int> is_awake_{0};
    std::atomic<bool> is_finished_{false};
    std::vector<Thread> threads_;
    std::vector<std::uint32_t> seen_;  ///< of the thread that waits
    std::mutex mutex_;                 ///< only for pauses
    std::condition_variable finished_;
};

}  // namespace innergate::fastcgi
