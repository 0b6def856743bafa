// A pool with one configuration: all that serves its requests, from start to end.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "app/clock.hpp"
#include "app/db/call_guard.hpp"
#include "app/db/health.hpp"
#include "app/db/later_writes.hpp"
#include "app/descriptor.hpp"
#include "app/fastcgi/worker_pool.hpp"
#include "app/log/logger.hpp"
#include "app/log/stream.hpp"
#include "app/metrics/metrics.hpp"
#include "app/rate_limiter.hpp"
#include "app/routing/path_table.hpp"
#include "app/routing/scope.hpp"
#include "handlers/inspectors/inspectors.hpp"
#include "handlers/pool/background_work.hpp"
#include "handlers/pool/job_backlog_gauges.hpp"
#include "handlers/pool/pool_configuration.hpp"

namespace innergate::programs {

/// Its parts stand in the order in which they depend on each other.
class Pool {
public:
    /// `listener`: as WorkerPool takes it. `stream` outlives the pool.
    Pool(PoolConfiguration configuration, Descriptor listener, log::Stream& stream);

    /// Returns when it takes requests.
    void start();

    /// Logs that this pool takes requests, and no other in its place.
    void tell_started() const;

    /// Takes no new work. Returns at once; finish() waits.
    void stop(std::string_view reason);

    /// As stop(); open connections go to a pool that has started.
    void stop_for(Pool& successor);

    /// Returns when what runs is finished.
    void finish();

    /// Whether requests get answers. Ask this now and then. The answer is no once some requests
    /// wait and no thread has taken up or ended anything for longer than any request may take.
    [[nodiscard]] bool is_serving(std::chrono::microseconds since_last);

    void warn(std::string_view sentence) const;

private:
    [[nodiscard]] fastcgi::WorkerPoolOptions worker_options();
    [[nodiscard]] fastcgi::Answer make_answer(const fastcgi::WorkerThread& thread);
    [[nodiscard]] db::Options session_options(Lane lane);
    [[nodiscard]] db::Options probe_options();
    void tell(bool is_reachable, const std::string& reason) const;
    [[nodiscard]] bool is_internal() const;
    void tell_who_looks_into_repositories() const;
    void add_gauges();

    const PoolConfiguration configuration_;
    const settings::Pool& pool_settings_;
    SystemClock clock_;
    db::CallGuard call_guard_;
    db::Health health_;
    db::LaterWrites later_writes_;
    JobBacklogGauges job_backlog_;
    routing::PathTable table_;
    const log::Stream& stream_;
    log::Logger logger_;
    metrics::Registry metrics_;
    RateLimiter rate_limiter_;
    handlers::inspectors::Inspectors inspectors_{
        configuration_.settings.storages, configuration_.gitaly_tokens};
    routing::Services services_;
    fastcgi::WorkerPool workers_;
    std::uint64_t changes_ = 0;  ///< of the workers, when is_serving() was asked
    std::chrono::microseconds stalled_for_{0};
    // Last: their threads use what stands above.
    std::optional<db::HealthProbe> probe_;
    std::optional<BackgroundWork> background_;
};

}  // namespace innergate::programs
