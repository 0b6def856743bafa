#include "handlers/pool/background_work.hpp"

#include <chrono>
#include <exception>
#include <utility>

#include "app/db/session.hpp"

namespace innergate::programs {
namespace {

constexpr std::chrono::seconds kPeriod{1};

}  // namespace

BackgroundWork::BackgroundWork(db::Options options, db::LaterWrites& later_writes, Look look)
    : options_(std::move(options)),
      later_writes_(later_writes),
      look_(std::move(look)),
      thread_([this](const std::stop_token& stop) { run(stop); }) {}

void BackgroundWork::finish() {
    if (thread_.joinable()) {
        thread_.request_stop();
        thread_.join();
    }
}

void BackgroundWork::run(const std::stop_token& stop) {
    db::Usage usage;
    db::Session session{options_, usage};
    while (!stop.stop_requested()) {
        do_all(session);
        std::unique_lock lock{mutex_};
        stopped_.wait_for(lock, stop, kPeriod, [] { return false; });
    }
    do_all(session);
}

void BackgroundWork::do_all(db::Session& session) {
    try {
        later_writes_.write(session);
        if (look_) {
            look_(session);
        }
    } catch (const std::exception&) {
        // The probe says why, or the next request that needs the same.
    }
}

}  // namespace innergate::programs
