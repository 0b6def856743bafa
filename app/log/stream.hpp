// Where the lines of a process go, and what becomes of them when nobody reads. The only line that
// it composes itself is the one about lines that are gone.
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <thread>

#include "app/clock.hpp"
#include "app/descriptor.hpp"
#include "app/log/backlog.hpp"
#include "app/log/output.hpp"
#include "app/log/patience.hpp"

namespace innergate::log {

/// What is given up first, next and last.
enum class LineKind { request, other, audit };

inline constexpr std::array<LineKind, 3> kLineKinds{
    LineKind::request, LineKind::other, LineKind::audit};

[[nodiscard]] std::string_view to_string(LineKind kind);

/// While the reader keeps up, each line is written at once by the thread that has it: no lock, no
/// queue. When there is no room, lines wait for it, 100 ms for all of them together. From then on
/// lines of requests are dropped, and the others wait in memory while there is space. The last
/// quarter of the space is for audit lines. Once there is room, a thread writes the lines that wait
/// and tells what was dropped.
class Stream {
public:
    /// `descriptor`: usually standard error, which systemd gives to the journal; not owned.
    /// SIGPIPE and SIGXFSZ are ignored from then on: the process outlives its log.
    Stream(int descriptor, std::string pool, const Clock& clock);
    Stream(const Stream&) = delete;
    Stream& operator=(const Stream&) = delete;
    /// What waits has 100 ms to be written.
    ~Stream();

    /// `line`: with its newline, at most kMaxLineBytes. From any thread.
    void write(std::string_view line, LineKind kind);

    using Dropped = std::array<std::uint64_t, kLineKinds.size()>;
    /// The numbers of lines dropped since the start, in the order of kLineKinds.
    [[nodiscard]] Dropped dropped() const;

    [[nodiscard]] const std::string& pool() const { return pool_; }
    [[nodiscard]] const Clock& clock() const { return clock_; }

private:
    [[nodiscard]] bool write_now(std::string_view line);
    [[nodiscard]] bool wait_and_write(std::string_view line);
    void clog();
    void wake() const;
    void wait_for_wake(std::chrono::milliseconds most) const;
    void drain();
    /// False: it has to be called again later.
    [[nodiscard]] bool drain_once();
    [[nodiscard]] bool write_if_whole(std::string_view line);
    [[nodiscard]] bool write_waiting();
    [[nodiscard]] bool tell_dropped();
    void write_last_words();

    std::string pool_;
    const Clock& clock_;
    Output output_;
    Patience patience_;
    /// Lines are left to the thread drainer_.
    std::atomic<bool> is_clogged_{false};
    Backlog backlog_;
    std::array<std::atomic<std::uint64_t>, kLineKinds.size()> dropped_{};
    Descriptor wake_;
    std::atomic<bool> is_ending_{false};
    // These belong to that thread.
    std::deque<std::string> waiting_;
    Dropped told_{};
    std::chrono::milliseconds retry_period_;
    std::thread drainer_;  // last: it uses what stands above
};

}  // namespace innergate::log
