// Counts calls in windows of one minute, for all threads of a process, without a lock.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

#include "app/clock.hpp"

namespace innergate {

/// A count-min sketch: each bucket has a place in every row of a fixed table, and its count is the
/// lowest number in them. So memory is bounded whatever clients send, and no call goes uncounted.
/// Of calls at the very same time a few more than the limit may pass. Two busy buckets that share
/// all their places would be counted together; where the places lie is random in each process.
class RateLimiter {
public:
    RateLimiter();

    /// Counts one call, and says whether it is beyond `limit` in the current minute; 0 is no limit.
    [[nodiscard]] bool is_exceeded(std::string_view bucket, std::uint32_t limit, Timestamp now);

private:
    static constexpr std::size_t kRows = 4;
    static constexpr std::size_t kColumns = std::size_t{1} << 14U;

    /// Minute in the upper half, count in the lower.
    using Cell = std::atomic<std::uint64_t>;
    using Table = std::array<std::array<Cell, kColumns>, kRows>;

    std::uint64_t seed_;
    std::unique_ptr<Table> cells_;
};

}  // namespace innergate
