#include "app/fastcgi/slow_lane.hpp"

#include <utility>

namespace innergate::fastcgi {

bool SlowLane::reserve() {
    const std::lock_guard lock{mutex_};
    if (reserved_ >= places_) {
        return false;
    }
    ++reserved_;
    return true;
}

std::unique_ptr<RequestServer> SlowLane::enter(SlowRequest request) {
    std::unique_ptr<RequestServer> spare;
    request.entered = std::chrono::steady_clock::now();
    {
        const std::lock_guard lock{mutex_};
        queue_.push_back(std::move(request));
        if (!spares_.empty()) {
            spare = std::move(spares_.back());
            spares_.pop_back();
        }
    }
    changed_.notify_one();
    return spare;
}

SlowRequest SlowLane::next() {
    std::unique_lock lock{mutex_};
    changed_.wait(lock, [this] { return is_closed_ || !queue_.empty(); });
    if (queue_.empty()) {
        return {};
    }
    SlowRequest request = std::move(queue_.front());
    queue_.pop_front();
    ++running_;
    return request;
}

void SlowLane::leave(std::unique_ptr<RequestServer> server) {
    const std::lock_guard lock{mutex_};
    --running_;
    --reserved_;
    if (spares_.size() < threads_) {
        spares_.push_back(std::move(server));
    }
}

void SlowLane::close() {
    {
        const std::lock_guard lock{mutex_};
        is_closed_ = true;
    }
    changed_.notify_all();
}

std::size_t SlowLane::queued() const {
    const std::lock_guard lock{mutex_};
    return queue_.size();
}

std::size_t SlowLane::running() const {
    const std::lock_guard lock{mutex_};
    return running_;
}

}  // namespace innergate::fastcgi
