#include "handlers/pool/log_metrics.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace innergate::programs {

void add_log_counters(metrics::Registry& metrics, const log::Stream& stream) {
    metrics.add_counters(
        "innergate_log_lines_dropped_total",
        "Lines of the log that were dropped because it took no more",
        [&stream] {
            const log::Stream::Dropped dropped = stream.dropped();
            std::vector<metrics::Registry::Sample> samples;
            for (std::size_t index = 0; index < dropped.size(); ++index) {
                samples.push_back({
                    .labels = {{"kind", std::string{log::to_string(log::kLineKinds.at(index))}}},
                    .value = static_cast<double>(dropped.at(index)),
                });
            }
            return samples;
        }
    );
}

}  // namespace innergate::programs
