// How much work a piece of code does, and whether it grows too fast with what it is given.
#pragma once

#include <cstddef>
#include <functional>
#include <string>

namespace innergate::test {

/// The work of the calling thread.
struct Work {
    double statements = 0;  ///< sent to the database
    double database_steps =
        0;  ///< of SQLite's virtual machine: it makes some for each row it reads
    double allocations = 0;
    double allocated_bytes = 0;
    double processor_seconds = 0;
};

/// `statements`: how many were sent so far.
[[nodiscard]] Work work_of(
    const std::function<void()>& code, const std::function<unsigned()>& statements
);

/// How much larger the larger input is.
inline constexpr std::size_t kGrowth = 16;

/// Compares the work for one, for `elements`, and for kGrowth * `elements` of something. Answers a
/// text for people about what grows faster than n log n, or takes a statement for each; else
/// nothing.
[[nodiscard]] std::string excess(
    const Work& one, const Work& some, const Work& many, std::size_t elements
);

}  // namespace innergate::test
