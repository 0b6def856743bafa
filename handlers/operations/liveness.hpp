// GET /-/liveness: does this process answer at all?
#pragma once

#include "app/json/shape.hpp"

namespace innergate::handlers::operations {

struct Liveness {};

constexpr auto shape_of(std::type_identity<Liveness> /*type*/) {
    return shape::object<Liveness>(shape::constant("status", "ok", "The process answers"));
}

[[nodiscard]] Liveness liveness();

}  // namespace innergate::handlers::operations
