// Runs one executable of the operator's: input, time and output limited, nothing inherited.
#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <sys/types.h>

#include "app/descriptor.hpp"

namespace innergate::admin::jobs {

struct HookLimits {
    std::chrono::milliseconds time{60'000};
    std::size_t output_bytes = std::size_t{8} * 1024;
};

struct HookResult {
    std::string failure;  ///< such as "exit status 3"; empty: it ended with 0
    /// The end of what it wrote to standard output and standard error, as valid UTF-8 without NUL.
    std::string output;

    [[nodiscard]] bool is_success() const { return failure.empty(); }
};

/// A running executable. It has no descriptors but its input, its output and its errors, a process
/// group of its own, `/` as its folder, and no more of an environment than PATH and LANG.
class HookProcess {
public:
    /// Throws std::system_error when it cannot be run.
    HookProcess(const std::filesystem::path& executable, std::string_view input);
    HookProcess(const HookProcess&) = delete;
    HookProcess& operator=(const HookProcess&) = delete;
    /// Ends its process group.
    ~HookProcess();

    /// Waits for its end, or for the end of its time. Whatever it left behind in its process group
    /// ends with it: a job that is done does nothing any more.
    [[nodiscard]] HookResult wait(const HookLimits& limits);

private:
    enum class End { exited, timed_out };

    End follow(const HookLimits& limits);
    /// As read(2) answers; never waits.
    ssize_t read_output(std::size_t limit);
    void drain(std::size_t limit);
    [[nodiscard]] int end_group();

    pid_t pid_ = -1;
    Descriptor process_;  ///< readable once it ended
    Descriptor output_;
    std::string text_;
};

/// Starts it and waits. Errors of any kind are the result's failure.
[[nodiscard]] HookResult run_hook(
    const std::filesystem::path& executable, std::string_view input, const HookLimits& limits
);

}  // namespace innergate::admin::jobs
