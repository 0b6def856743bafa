// How long a decision may take.
#pragma once

#include <chrono>

namespace innergate::handlers::domain::git_access {

/// The only source of elapsed time. Tests hand in one that stands where they put it.
class MonotonicClock {
public:
    MonotonicClock() = default;
    MonotonicClock(const MonotonicClock&) = delete;
    MonotonicClock& operator=(const MonotonicClock&) = delete;
    virtual ~MonotonicClock() = default;

    [[nodiscard]] virtual std::chrono::steady_clock::time_point now() const = 0;
};

class SteadyClock final : public MonotonicClock {
public:
    [[nodiscard]] std::chrono::steady_clock::time_point now() const override {
        return std::chrono::steady_clock::now();
    }
};

/// An amount of time that runs from its construction on. GitLab gives an access check 50 s, so that
/// its own answer arrives before a proxy's timeout.
class Budget {
public:
    static constexpr std::chrono::seconds kDefaultAmount{50};

    explicit Budget(const MonotonicClock& clock, std::chrono::milliseconds amount = kDefaultAmount)
        : clock_{clock}, deadline_{clock.now() + amount} {}

    [[nodiscard]] std::chrono::steady_clock::time_point now() const { return clock_.now(); }
    [[nodiscard]] std::chrono::steady_clock::time_point deadline() const { return deadline_; }
    [[nodiscard]] bool is_used_up() const { return clock_.now() >= deadline_; }

private:
    const MonotonicClock& clock_;
    std::chrono::steady_clock::time_point deadline_;
};

}  // namespace innergate::handlers::domain::git_access
