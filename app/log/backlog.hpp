// Lines that wait in memory for a reader: any thread adds one, without a lock, and one takes them.
#pragma once

#include <atomic>
#include <cstddef>
#include <deque>
#include <string>
#include <string_view>

namespace innergate::log {

class Backlog {
public:
    /// At most this many lines of PIPE_BUF bytes: 4 MiB.
    static constexpr std::size_t kMostLines = 1024;

    Backlog() = default;
    Backlog(const Backlog&) = delete;
    Backlog& operator=(const Backlog&) = delete;
    ~Backlog();

    /// False: `most` lines or more wait already.
    [[nodiscard]] bool add(std::string_view line, std::size_t most);

    /// Moves what was added to the end of `lines`, in its order. They count as waiting still.
    void move_to(std::deque<std::string>& lines);

    /// One of the lines that were moved waits no more.
    void forget_one() { count_.fetch_sub(1, std::memory_order_relaxed); }

    /// Whether there is nothing to move.
    [[nodiscard]] bool is_empty() const { return last_.load() == nullptr; }

private:
    struct Node {
        std::string line;
        Node* previous = nullptr;
    };

    std::atomic<Node*> last_{nullptr};
    std::atomic<std::size_t> count_{0};
};

}  // namespace innergate::log
