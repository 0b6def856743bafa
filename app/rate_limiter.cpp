#include "app/rate_limiter.hpp"

#include <algorithm>
#include <chrono>
#include <functional>
#include <limits>
#include <random>
#include <string>

namespace innergate {
namespace {

constexpr unsigned kMinuteShift = 32;

/// One more call in that minute; answers how many there are now.
std::uint32_t count(std::atomic<std::uint64_t>& cell, std::uint32_t minute) {
    std::uint64_t seen = cell.load(std::memory_order_relaxed);
    for (;;) {
        const bool is_current = static_cast<std::uint32_t>(seen >> kMinuteShift) == minute;
        const std::uint32_t before = is_current ? static_cast<std::uint32_t>(seen) : 0;
        if (before == std::numeric_limits<std::uint32_t>::max()) {
            return before;
        }
        const std::uint64_t next = (std::uint64_t{minute} << kMinuteShift) | (before + 1);
        if (cell.compare_exchange_weak(seen, next, std::memory_order_relaxed)) {
            return before + 1;
        }
    }
}

}  // namespace

RateLimiter::RateLimiter() : cells_(std::make_unique<Table>()) {
    std::random_device random;
    seed_ = (std::uint64_t{random()} << kMinuteShift) | random();
}

bool RateLimiter::is_exceeded(std::string_view bucket, std::uint32_t limit, Timestamp now) {
    if (limit == 0) {
        return false;
    }
    const auto minute = static_cast<std::uint32_t>(
        std::chrono::floor<std::chrono::minutes>(now.time_since_epoch()).count()
    );
    std::string text{reinterpret_cast<const char*>(&seed_), sizeof(seed_)};
    text += bucket;
    // The halves of one hash make a place for each row (Kirsch and Mitzenmacher, 2006).
    const std::uint64_t hash = std::hash<std::string>{}(text);
    const std::uint64_t step = (hash >> kMinuteShift) | 1U;
    std::uint32_t lowest = std::numeric_limits<std::uint32_t>::max();
    for (std::size_t row = 0; row < kRows; ++row) {
        Cell& cell = (*cells_)[row][(hash + row * step) % kColumns];
        lowest = std::min(lowest, count(cell, minute));
    }
    return lowest > limit;
}

}  // namespace innergate
