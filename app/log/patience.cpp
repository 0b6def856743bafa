#include "app/log/patience.hpp"

#include <algorithm>

namespace innergate::log {
namespace {

constexpr Patience::Clock::rep kFull = Patience::Clock::duration{Patience::kMost}.count();

}  // namespace

Patience::Clock::duration Patience::begin(Clock::time_point now) {
    waiting_.fetch_add(1);
    const Clock::time_point empty_since{Clock::duration{empty_since_.load()}};
    Clock::rep left = left_.load();
    if (left <= 0 && now >= empty_since + kUntilNext &&
        left_.compare_exchange_strong(left, kFull)) {
        left = kFull;
    }
    return Clock::duration{std::max<Clock::rep>(left, 0)};
}

void Patience::end(Clock::duration waited, bool was_written, Clock::time_point now) {
    const int waiting = waiting_.fetch_sub(1);
    const Clock::rep earned = was_written ? Clock::duration{kPerLine}.count() : 0;
    const Clock::rep change = earned - waited.count() / std::max(waiting, 1);
    Clock::rep before = left_.load();
    if (before <= 0) {
        return;
    }
    Clock::rep after = std::min(before + change, kFull);
    while (!left_.compare_exchange_weak(before, after)) {
        after = std::min(before + change, kFull);
    }
    if (after <= 0) {
        empty_since_ = now.time_since_epoch().count();
    }
}

}  // namespace innergate::log
