// Which file an SQLite database was when it was opened first. A file that is put in its place by a
// rename, or a removed one, is another: what is written to the open one nobody will find again.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <string>
#include <utility>

namespace innergate::db {

/// For all sessions of a configuration, on any threads. Looks at the path once a second at most.
///
/// There is no way back but a restart: a session that went over to the new file would apply the
/// write-ahead log to it that stands beside it and belongs to the old one.
class DatabaseFile {
public:
    using Clock = std::chrono::steady_clock;

    /// What to say of a replaced one.
    [[nodiscard]] static std::string advice_on(const std::string& name);

    /// One that cannot be looked at, such as :memory:, is never replaced.
    explicit DatabaseFile(std::string path) : path_(std::move(path)) {}

    /// It has just been opened. The first call settles which file it is; false: it is another now.
    [[nodiscard]] bool remember();

    /// Whether the path leads elsewhere, or nowhere. Never before remember(); a file that comes
    /// back is the same again.
    [[nodiscard]] bool is_replaced(Clock::time_point now = Clock::now());

private:
    static constexpr std::chrono::seconds kBetweenLooks{1};

    std::string path_;
    std::atomic<std::uint64_t> device_{0};
    std::atomic<std::uint64_t> number_{0};  ///< of the inode; 0: not opened yet
    std::atomic<Clock::rep> next_look_{0};
    std::atomic<bool> is_replaced_{false};
};

}  // namespace innergate::db
