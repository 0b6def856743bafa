#include "handlers/pool/job_backlog_gauges.hpp"

#include <algorithm>
#include <chrono>

#include "app/metrics/metrics.hpp"
#include "handlers/stores/pushes/post_receive_job_store.hpp"

namespace innergate::programs {

void JobBacklogGauges::look(db::Session& session) {
    const handlers::JobBacklog backlog = handlers::PostReceiveJobStore{session}.backlog();
    waiting_.store(backlog.waiting, std::memory_order_relaxed);
    oldest_.store(backlog.oldest.value_or(Timestamp{}), std::memory_order_relaxed);
}

void JobBacklogGauges::add_gauges(metrics::Registry& metrics, const Clock& clock) {
    metrics.add_gauge(
        "innergate_post_receive_jobs_waiting",
        "Post-receive jobs that wait for a runner",
        [this] { return static_cast<double>(waiting_.load(std::memory_order_relaxed)); }
    );
    metrics.add_gauge(
        "innergate_post_receive_jobs_oldest_seconds",
        "Age of the oldest post-receive job that waits; 0 when none does",
        [this, &clock] {
            const Timestamp oldest = oldest_.load(std::memory_order_relaxed);
            const std::chrono::duration<double> age =
                oldest == Timestamp{} ? Timestamp::duration{} : clock.now() - oldest;
            return std::max(age.count(), 0.0);
        }
    );
}

}  // namespace innergate::programs
