#include "app/fastcgi/saturation.hpp"

namespace innergate::fastcgi {

std::uint64_t Saturation::changes() const {
    std::uint64_t sum = 0;
    for (const Thread& thread : threads_) {
        sum += thread.changes;
    }
    return sum;
}

bool Saturation::wait() {
    while (!is_finished_) {
        // Until all threads are busy, nobody is woken and nothing is looked at.
        is_awake_.wait(0);
        pause();
        if (is_finished_) {
            break;
        }
        if (is_held_up()) {
            return true;
        }
        if (busy_ < threads_.size()) {
            is_awake_ = 0;
            if (busy_ == threads_.size()) {
                is_awake_ = 1;  // the last thread became busy in between and found us awake
            }
        }
    }
    return false;
}

bool Saturation::is_held_up() {
    bool is_it = true;
    for (std::size_t index = 0; index < threads_.size(); ++index) {
        const std::uint32_t changes = threads_[index].changes;
        is_it = is_it && changes % 2 == 1 && changes == seen_[index];
        seen_[index] = changes;
    }
    return is_it;
}

void Saturation::pause() {
    std::unique_lock lock{mutex_};
    finished_.wait_for(lock, kPatience, [this] { return is_finished_.load(); });
}

void Saturation::finish() {
    {
        const std::lock_guard lock{mutex_};
        is_finished_ = true;
    }
    finished_.notify_all();
    is_awake_ = 1;
    is_awake_.notify_all();
}

}  // namespace innergate::fastcgi
