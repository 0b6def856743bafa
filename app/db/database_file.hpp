// Which file an SQLite database was when it was first opened, and whether a rename has since put
// another in its place, or it was removed. Nobody would find what is written to the open file then.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <string>
#include <utility>

namespace innergate::db {

/// For all sessions of a configuration, on any threads. Looks at the path once a second at most.
///
/// Only a restart helps: a session that went over to the new file would apply to it the write-ahead
/// log that stands beside it and belongs to the old one.
class DatabaseFile {
public:
    using Clock = std::chrono::steady_clock;

    /// What to tell an operator whose file was replaced.
    [[nodiscard]] static std::string advice_on(const std::string& name);

    /// A path that cannot be looked at, such as :memory:, never counts as replaced.
    explicit DatabaseFile(std::string path) : path_(std::move(path)) {}

    /// To be called just after opening. The first call settles which file it is. False: it is
    /// another.
    [[nodiscard]] bool remember();

    /// Whether the path leads to another file, or to none. False before remember(), and again once
    /// the old file has come back.
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
