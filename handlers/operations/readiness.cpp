#include "handlers/operations/readiness.hpp"

#include <utility>

namespace innergate::handlers::operations {

std::variant<Ready, NotReady> readiness(const db::Health& health) {
    if (auto fault = health.fault()) {
        return NotReady{.fault = *std::move(fault)};
    }
    return Ready{};
}

}  // namespace innergate::handlers::operations
