#include "handlers/pool/inspection_metrics.hpp"

#include <chrono>
#include <string>
#include <vector>

namespace innergate::programs {
namespace {

using handlers::inspectors::InspectionCounts;
using handlers::inspectors::Inspectors;
using Samples = std::vector<metrics::Registry::Sample>;

template <class Value>
Samples samples_of(const Inspectors& inspectors, const Value& value) {
    Samples samples;
    for (const InspectionCounts::Entry& entry : inspectors.counts().list()) {
        samples.push_back({
            .labels =
                {{"storage", entry.storage},
                 {"question", std::string{handlers::inspectors::to_string(entry.question)}}},
            .value = value(entry.count),
        });
    }
    return samples;
}

}  // namespace

void add_inspection_counters(metrics::Registry& metrics, const Inspectors& inspectors) {
    metrics.add_counters(
        "innergate_inspections_total",
        "Questions about repositories, by storage and question",
        [&inspectors] {
            return samples_of(inspectors, [](const InspectionCounts::Count& count) {
                return static_cast<double>(count.calls);
            });
        }
    );
    metrics.add_counters(
        "innergate_inspections_failed_total",
        "Questions about repositories that got no answer",
        [&inspectors] {
            return samples_of(inspectors, [](const InspectionCounts::Count& count) {
                return static_cast<double>(count.failures);
            });
        }
    );
    metrics.add_counters(
        "innergate_inspection_seconds_total",
        "Time spent on questions about repositories",
        [&inspectors] {
            return samples_of(inspectors, [](const InspectionCounts::Count& count) {
                return std::chrono::duration<double>(count.duration).count();
            });
        }
    );
}

}  // namespace innergate::programs
