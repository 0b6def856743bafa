#include "tests/contract/growth/work.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <ctime>
#include <new>
#include <sqlite3.h>

#include <fmt/format.h>

namespace innergate::test {
namespace {

// What operator new and SQLite's callback count has no other place. Trivial, so that they can be
// used before and after everything else of a thread.
// NOLINTBEGIN(cppcoreguidelines-avoid-non-const-global-variables)
thread_local std::size_t allocations = 0;
thread_local std::size_t allocated_bytes = 0;
thread_local std::size_t database_steps = 0;
// NOLINTEND(cppcoreguidelines-avoid-non-const-global-variables)

constexpr int kStepsAtOnce = 10;

int count_steps(void* /*nothing*/) {
    database_steps += kStepsAtOnce;
    return 0;
}

int watch(sqlite3* connection, const char** /*error*/, const sqlite3_api_routines* /*api*/) {
    ::sqlite3_progress_handler(connection, kStepsAtOnce, &count_steps, nullptr);
    return SQLITE_OK;
}

/// From now on each connection that is opened.
void watch_connections() {
    // The type is that of SQLite's documentation, which says to cast.
    ::sqlite3_auto_extension(reinterpret_cast<void (*)()>(&watch));  // NOLINT
}

double processor_seconds() {
    timespec time{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    constexpr double kNanosecond = 1e-9;
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * kNanosecond;
}

/// What can be counted is the same each time; what is timed is not.
constexpr double kSlackOfCounts = 1.5;
constexpr double kSlackOfTimes = 4;

}  // namespace

Work work_of(const std::function<void()>& code, const std::function<unsigned()>& statements) {
    static const bool is_watching = [] {
        watch_connections();
        return true;
    }();
    static_cast<void>(is_watching);
    const unsigned statements_before = statements();
    const std::size_t allocations_before = allocations;
    const std::size_t bytes_before = allocated_bytes;
    const std::size_t steps_before = database_steps;
    const double seconds_before = processor_seconds();
    code();
    return {
        .statements = static_cast<double>(statements() - statements_before),
        .database_steps = static_cast<double>(database_steps - steps_before),
        .allocations = static_cast<double>(allocations - allocations_before),
        .allocated_bytes = static_cast<double>(allocated_bytes - bytes_before),
        .processor_seconds = processor_seconds() - seconds_before,
    };
}

std::string excess(const Work& one, const Work& some, const Work& many, std::size_t elements) {
    const auto count = static_cast<double>(std::max(elements, std::size_t{2}));
    constexpr auto kTimes = static_cast<double>(kGrowth);
    const double allowed_growth = kTimes * std::log2(kTimes * count) / std::log2(count);
    std::string text;
    // `negligible`: less does not count, so that no noise is multiplied.
    const auto look = [&](const char* what, double Work::*part, double negligible, double slack) {
        const double growth = many.*part - one.*part;
        const double allowed =
            std::max(some.*part - one.*part, negligible) * allowed_growth * slack;
        if (growth > allowed) {
            text += fmt::format(
                "{}: {} for one, {} for {}, {} for {}; ",
                what,
                one.*part,
                some.*part,
                elements,
                many.*part,
                elements * kGrowth
            );
        }
    };
    look("database steps", &Work::database_steps, 1000, kSlackOfCounts);
    look("allocations", &Work::allocations, 200, kSlackOfCounts);
    look("allocated bytes", &Work::allocated_bytes, 64 * 1024, kSlackOfCounts);
    look("processor seconds", &Work::processor_seconds, 0.001, kSlackOfTimes);
    // Lists are handed to the database whole; but a long request is begun on either lane.
    if (many.statements > 2 * some.statements) {
        text += fmt::format(
            "statements: {} for {}, {} for {}; ",
            some.statements,
            elements,
            many.statements,
            elements * kGrowth
        );
    }
    return text;
}

}  // namespace innergate::test

// NOLINTBEGIN(cppcoreguidelines-no-malloc,hicpp-no-malloc,cppcoreguidelines-owning-memory,misc-new-delete-overloads)
void* operator new(std::size_t size) {
    ++innergate::test::allocations;
    innergate::test::allocated_bytes += size;
    if (void* const memory = std::malloc(std::max(size, std::size_t{1}))) {
        return memory;
    }
    throw std::bad_alloc{};
}
void operator delete(void* memory) noexcept {
    std::free(memory);
}
void operator delete(void* memory, std::size_t /*size*/) noexcept {
    std::free(memory);
}
// NOLINTEND(cppcoreguidelines-no-malloc,hicpp-no-malloc,cppcoreguidelines-owning-memory,misc-new-delete-overloads)
