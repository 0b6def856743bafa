// What became of the log's lines, for /-/metrics.
#pragma once

#include "app/log/stream.hpp"
#include "app/metrics/metrics.hpp"

namespace innergate::programs {

/// Lines that were dropped, by kind. `stream` outlives `metrics`.
void add_log_counters(metrics::Registry& metrics, const log::Stream& stream);

}  // namespace innergate::programs
