// What the Kubernetes agent server (kas) calls, below /api/v4/internal/kubernetes.
#pragma once

#include <span>

#include "app/routing/route.hpp"

namespace innergate::handlers::kubernetes {

[[nodiscard]] std::span<const routing::Route> routes();

}  // namespace innergate::handlers::kubernetes
