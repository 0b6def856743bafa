// Writes that may be lost and that no request should wait for: when a key or a token was last used.
#pragma once

#include <atomic>
#include <cstddef>
#include <functional>
#include <map>
#include <string_view>
#include <utility>

#include "app/shared_part.hpp"

namespace innergate::db {

class Session;

/// Collected from all threads, written by one in batches.
class LaterWrites final : public SharedPart {
public:
    /// Runs in one transaction with other writes.
    using Write = std::function<void(Session& session)>;

    /// What a write is about. Of several writes about the same subject only the newest is made.
    struct Subject {
        std::string_view kind;  ///< a constant, such as `keys`
        long long id = 0;

        auto operator<=>(const Subject&) const = default;
    };

    /// Further writes are dropped, so that memory is bounded while the database cannot be written
    /// to.
    static constexpr std::size_t kMost = 10'000;

    LaterWrites() = default;
    ~LaterWrites() override;

    /// From any thread, without a lock.
    void add(Subject subject, Write write);

    /// Makes the collected writes on the calling thread. Throws Unavailable; the rest is then kept
    /// for the next time. A write that the database refuses is dropped.
    void write(Session& session);

    /// The number of writes dropped since the start.
    [[nodiscard]] std::size_t dropped() const { return dropped_.load(std::memory_order_relaxed); }

private:
    struct Note {
        Subject subject;
        Write write;
        Note* next = nullptr;
    };
    using Writes = std::map<Subject, Write>;

    /// Moves what was added to collected_.
    void collect();
    void write_batch(Session& session);

    std::atomic<Note*> newest_{nullptr};
    std::atomic<std::size_t> waiting_{0};  ///< the number of notes and of collected writes
    std::atomic<std::size_t> dropped_{0};
    Writes collected_;  ///< of the thread that writes
};

}  // namespace innergate::db
