// The only source of "now". Tests hand in a clock that stands where they put it.
#pragma once

#include <chrono>

namespace innergate {

/// Times on the wire and in the database carry milliseconds, UTC.
using Timestamp = std::chrono::sys_time<std::chrono::milliseconds>;
using Date = std::chrono::sys_days;

class Clock {
public:
    Clock() = default;
    Clock(const Clock&) = delete;
    Clock& operator=(const Clock&) = delete;
    virtual ~Clock() = default;

    [[nodiscard]] virtual Timestamp now() const = 0;
    [[nodiscard]] Date today() const { return std::chrono::floor<std::chrono::days>(now()); }
};

class SystemClock final : public Clock {
public:
    [[nodiscard]] Timestamp now() const override {
        return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
    }
};

}  // namespace innergate
