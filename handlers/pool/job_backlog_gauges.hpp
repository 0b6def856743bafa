// What waits to be done after pushes, for the metrics.
#pragma once

#include <atomic>

#include "app/clock.hpp"

namespace innergate {
namespace db {
class Session;
}
namespace metrics {
class Registry;
}
}  // namespace innergate

namespace innergate::programs {

/// As it was when the database was last asked.
class JobBacklogGauges {
public:
    /// Asks the database.
    void look(db::Session& session);

    void add_gauges(metrics::Registry& metrics, const Clock& clock);

private:
    std::atomic<long long> waiting_{0};
    std::atomic<Timestamp> oldest_{};
};

}  // namespace innergate::programs
