#include "app/db/opening.hpp"

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

Opening::Opening(std::string connection_string) : state_(std::make_shared<State>()) {
    ++running_openings();
    try {
        std::thread{[state = state_, text = std::move(connection_string)]() mutable {
            std::unique_ptr<soci::session> connection;
            std::exception_ptr failure;
            try {
                connection = std::make_unique<soci::session>(soci::postgresql, text);
            } catch (...) {
                failure = std::current_exception();
            }
            {
                const std::lock_guard lock{state->mutex};
                state->connection = std::move(connection);
                state->failure = std::exchange(failure, nullptr);
                state->is_ended = true;
            }
            state->ended.notify_one();
            // Nobody may wait any more: then the connection is closed here.
            state.reset();
            --running_openings();
        }}.detach();
    } catch (...) {
        --running_openings();
        throw;
    }
}

std::unique_ptr<soci::session> Opening::wait_for(std::chrono::milliseconds time) {
    std::unique_lock lock{state_->mutex};
    state_->ended.wait_for(lock, time, [this] { return state_->is_ended; });
    if (state_->failure) {
        std::rethrow_exception(state_->failure);
    }
    return std::move(state_->connection);
}

std::size_t Opening::running() {
    return running_openings();
}

}  // namespace innergate::db
