// GET /-/metrics: what this process did, in Prometheus' text format.
#pragma once

#include "app/metrics/metrics.hpp"
#include "app/routing/reply.hpp"

namespace innergate::handlers::operations {

[[nodiscard]] routing::TextReply metrics(const metrics::Registry& registry);

}  // namespace innergate::handlers::operations
