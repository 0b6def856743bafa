// What looks into repositories cost, for /-/metrics.
#pragma once

#include "app/metrics/metrics.hpp"
#include "handlers/inspectors/inspectors.hpp"

namespace innergate::programs {

/// Calls, failures and seconds by storage and question. `inspectors` outlives `metrics`.
void add_inspection_counters(
    metrics::Registry& metrics, const handlers::inspectors::Inspectors& inspectors
);

}  // namespace innergate::programs
