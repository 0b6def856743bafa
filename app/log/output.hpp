// One descriptor that takes lines: each whole or not at all, and without waiting for its reader.
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <string_view>

#include <climits>

#include "app/descriptor.hpp"

namespace innergate::log {

/// A pipe takes so much in one piece (POSIX, write); parts of longer lines could mix.
inline constexpr std::size_t kMaxLineBytes = PIPE_BUF;

enum class Attempt {
    written,
    no_room,  ///< the reader is behind
    failed,   ///< the disk is full, the reader gone: waiting a moment is of no use
};

/// Writes what is no event, such as why a program does not start. When the reader does not read,
/// the end of the text is dropped.
void write_text(int descriptor, std::string_view text);

/// Threads may write at the same time. The descriptor may be shared with other processes, so its
/// flags stay as they are: O_NONBLOCK would be theirs too.
class Output {
public:
    /// `descriptor`: not owned; it stays open as long as this.
    explicit Output(int descriptor);

    /// `line`: with the newline at its end, not longer than kMaxLineBytes.
    [[nodiscard]] Attempt write(std::string_view line);

    /// Returns when the reader has made room, and at `until` at the latest.
    void wait_for_room(std::chrono::steady_clock::time_point until) const;

    /// Whether a line would go in whole, as far as can be told without writing one. A file gets the
    /// room for it allocated.
    [[nodiscard]] bool may_take_line() const;

    /// Whether there is room for many lines.
    [[nodiscard]] bool is_drained() const;

private:
    enum class Kind {
        nothing,        ///< it is closed
        socket,         ///< asked with each line not to wait
        opened_anew,    ///< a pipe or a device that does not wait, by a description of our own
        borrowed_pipe,  ///< a pipe that may not be opened anew
        borrowed_device,
        file,
    };

    /// As write(2), but it does not wait.
    [[nodiscard]] ssize_t put(std::string_view text) const;
    /// Takes back the beginning of a line that did not go in whole.
    void take_back(std::size_t bytes);

    int descriptor_;
    Kind kind_ = Kind::nothing;
    Descriptor opened_anew_;
    /// The last line has no end: somebody ends it before the next.
    std::atomic<bool> is_torn_{false};
};

}  // namespace innergate::log
