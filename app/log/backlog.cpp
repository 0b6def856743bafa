#include "app/log/backlog.hpp"

#include <memory>
#include <utility>

namespace innergate::log {

Backlog::~Backlog() {
    std::deque<std::string> dropped;
    move_to(dropped);
}

bool Backlog::add(std::string_view line, std::size_t most) {
    if (count_.fetch_add(1, std::memory_order_relaxed) >= most) {
        forget_one();
        return false;
    }
    auto node = std::make_unique<Node>(std::string{line}, last_.load());
    while (!last_.compare_exchange_weak(node->previous, node.get())) {
    }
    static_cast<void>(node.release());  // the chain owns it
    return true;
}

void Backlog::move_to(std::deque<std::string>& lines) {
    const auto end = static_cast<std::ptrdiff_t>(lines.size());
    std::unique_ptr<Node> node{last_.exchange(nullptr)};
    while (node) {
        lines.insert(lines.begin() + end, std::move(node->line));
        node.reset(node->previous);
    }
}

}  // namespace innergate::log
