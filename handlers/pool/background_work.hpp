// What a pool does besides answering requests, on a thread and a database session of its own.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <stop_token>
#include <thread>

#include "app/db/later_writes.hpp"
#include "app/db/options.hpp"

namespace innergate::programs {

/// Every second it makes the writes for which no request waited, and looks at what is measured.
class BackgroundWork {
public:
    /// A database exception that it throws is taken for "not now".
    using Look = std::function<void(db::Session& session)>;

    /// `look` may be empty.
    BackgroundWork(db::Options options, db::LaterWrites& later_writes, Look look);

    /// Makes the writes that are left, and ends. What the database does not take now is lost.
    void finish();

private:
    void run(const std::stop_token& stop);
    void do_all(db::Session& session);

    db::Options options_;
    db::LaterWrites& later_writes_;
    Look look_;
    std::mutex mutex_;  // only for the wait
    std::condition_variable_any stopped_;
    std::jthread thread_;  // last: it uses all of the above
};

}  // namespace innergate::programs
