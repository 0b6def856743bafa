#include "app/db/opening.hpp"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <thread>
#include <utility>

#include <soci/postgresql/soci-postgresql.h>
#include <soci/soci.h>

namespace innergate::db {
namespace {

constexpr int kMostAttempts = 4;

std::atomic<std::size_t>& running_openings() {
    static std::atomic<std::size_t> count{0};
    return count;
}

}  // namespace

struct Opening::State {
    std::mutex mutex;
    std::condition_variable ended;
    bool is_ended = false;
    std::unique_ptr<soci::session> connection;
    std::exception_ptr failure;
};

Opening::Opening(std::string connection_string, std::chrono::milliseconds again_after)
    : connection_string_(std::move(connection_string)),
      again_after_(again_after),
      state_(std::make_shared<State>()) {
    begin_attempt();
}

void Opening::begin_attempt() {
    ++attempts_;
    ++running_openings();
    try {
        std::thread{[state = state_, text = connection_string_]() mutable {
            std::unique_ptr<soci::session> connection;
            std::exception_ptr failure;
            try {
                connection = std::make_unique<soci::session>(soci::postgresql, text);
            } catch (...) {
                failure = std::current_exception();
            }
            {
                const std::lock_guard lock{state->mutex};
                if (!state->is_ended) {
                    state->connection = std::move(connection);
                    state->failure = std::exchange(failure, nullptr);
                    state->is_ended = true;
                }
            }
            state->ended.notify_one();
            // The connection is closed here if nobody waits any more, or if another attempt was
            // faster.
            connection.reset();
            state.reset();
            --running_openings();
        }}.detach();
    } catch (...) {
        --running_openings();
        throw;
    }
}

std::unique_ptr<soci::session> Opening::wait_for(std::chrono::milliseconds time) {
    const auto end = std::chrono::steady_clock::now() + time;
    std::unique_lock lock{state_->mutex};
    const auto is_ended = [this] { return state_->is_ended; };
    while (again_after_.count() > 0 && attempts_ < kMostAttempts) {
        const auto again = std::chrono::steady_clock::now() + again_after_;
        if (state_->ended.wait_until(lock, std::min(end, again), is_ended) || end <= again) {
            break;
        }
        begin_attempt();
    }
    state_->ended.wait_until(lock, end, is_ended);
    if (state_->failure) {
        std::rethrow_exception(state_->failure);
    }
    return std::move(state_->connection);
}

std::size_t Opening::running() {
    return running_openings();
}

}  // namespace innergate::db
