#include "app/db/later_writes.hpp"

#include <algorithm>
#include <iterator>
#include <memory>

#include "app/db/errors.hpp"
#include "app/db/transaction.hpp"

namespace innergate::db {
namespace {

/// Few enough that no other writer waits for long.
constexpr std::size_t kBatch = 100;

}  // namespace

LaterWrites::~LaterWrites() {
    collect();
}

void LaterWrites::add(Subject subject, Write write) {
    if (waiting_.fetch_add(1, std::memory_order_relaxed) >= kMost) {
        waiting_.fetch_sub(1, std::memory_order_relaxed);
        dropped_.fetch_add(1, std::memory_order_relaxed);
        return;
    }
    auto note = std::make_unique<Note>(Note{.subject = subject, .write = std::move(write)});
    note->next = newest_.load(std::memory_order_relaxed);
    while (!newest_.compare_exchange_weak(
        note->next, note.get(), std::memory_order_release, std::memory_order_relaxed
    )) {
    }
    // The list owns it until collect() takes it back.
    static_cast<void>(note.release());
}

void LaterWrites::collect() {
    Writes newer;
    std::size_t count = 0;
    // From the newest to the oldest, so that the first note of a subject is the one to keep.
    for (std::unique_ptr<Note> note{newest_.exchange(nullptr, std::memory_order_acquire)}; note;
         note.reset(note->next)) {
        newer.try_emplace(note->subject, std::move(note->write));
        ++count;
    }
    const std::size_t before = collected_.size();
    newer.merge(collected_);
    collected_ = std::move(newer);
    waiting_.fetch_sub(count + before - collected_.size(), std::memory_order_relaxed);
}

void LaterWrites::write(Session& session) {
    collect();
    while (!collected_.empty()) {
        write_batch(session);
    }
}

void LaterWrites::write_batch(Session& session) {
    const auto end = std::next(
        collected_.begin(),
        static_cast<Writes::difference_type>(std::min(kBatch, collected_.size()))
    );
    Transaction transaction{session};
    for (auto entry = collected_.begin(); entry != end; ++entry) {
        Savepoint savepoint{session};
        try {
            entry->second(session);
            savepoint.keep();
        } catch (const QueryError&) {
            savepoint.undo();
        }
    }
    transaction.commit();
    waiting_.fetch_sub(
        static_cast<std::size_t>(std::distance(collected_.begin(), end)), std::memory_order_relaxed
    );
    collected_.erase(collected_.begin(), end);
}

}  // namespace innergate::db
