#include "app/metrics/metrics.hpp"

#include <algorithm>
#include <sstream>
#include <utility>

#include <prometheus/client_metric.h>
#include <prometheus/metric_family.h>
#include <prometheus/metric_type.h>
#include <prometheus/text_serializer.h>

namespace innergate::metrics {
namespace {

using prometheus::ClientMetric;
using prometheus::MetricFamily;
using prometheus::MetricType;

using Labels = std::vector<ClientMetric::Label>;

constexpr double kNanosecondsPerSecond = 1e9;

std::uint64_t read(const std::atomic<std::uint64_t>& count) {
    return count.load(std::memory_order_relaxed);
}

/// Only one thread writes, so a plain load and store will do: no locked instruction.
void add(std::atomic<std::uint64_t>& count, std::uint64_t amount) {
    count.store(count.load(std::memory_order_relaxed) + amount, std::memory_order_relaxed);
}

std::uint64_t nanoseconds(std::chrono::nanoseconds duration) {
    return static_cast<std::uint64_t>(std::max<std::int64_t>(duration.count(), 0));
}

MetricFamily family(std::string name, std::string help, MetricType type) {
    return {std::move(name), std::move(help), type, {}};
}

ClientMetric labelled(Labels labels) {
    ClientMetric metric;
    metric.label = std::move(labels);
    return metric;
}

MetricFamily single_gauge(std::string name, std::string help, Labels labels, double value) {
    MetricFamily gauge = family(std::move(name), std::move(help), MetricType::Gauge);
    ClientMetric& metric = gauge.metric.emplace_back(labelled(std::move(labels)));
    metric.gauge.value = value;
    return gauge;
}

std::string status_label(int status) {
    return status == 0 ? "other" : std::to_string(status);
}

ClientMetric::Histogram histogram(
    const std::array<std::uint64_t, kBuckets.size() + 1>& by_duration, std::uint64_t nanoseconds
) {
    ClientMetric::Histogram result;
    std::uint64_t cumulative = 0;
    for (std::size_t index = 0; index < kBuckets.size(); ++index) {
        cumulative += by_duration.at(index);
        result.bucket.push_back({cumulative, kBuckets.at(index)});
    }
    result.sample_count = cumulative + by_duration.back();
    result.sample_sum = static_cast<double>(nanoseconds) / kNanosecondsPerSecond;
    return result;
}

}  // namespace

void Recorder::count(const RequestCost& cost) {
    Counts& counts = routes_.at(cost.route.value_or(routes_.size() - 1));
    const auto* const status = std::ranges::find(kStatuses, cost.status);
    const std::size_t status_index =
        status == kStatuses.end() ? 0 : static_cast<std::size_t>(status - kStatuses.begin());
    const double seconds = std::chrono::duration<double>(cost.duration).count();
    const auto* const bucket = std::ranges::lower_bound(kBuckets, seconds);
    add(counts.by_status.at(status_index), 1);
    add(counts.by_duration.at(static_cast<std::size_t>(bucket - kBuckets.begin())), 1);
    add(counts.nanoseconds, nanoseconds(cost.duration));
    add(counts.database_nanoseconds, nanoseconds(cost.database_duration));
    add(counts.database_statements, cost.database_statements);
}

Registry::Registry(
    std::string pool, std::string version, std::vector<std::string> route_patterns, unsigned threads
)
    : pool_(std::move(pool)), version_(std::move(version)), patterns_(std::move(route_patterns)) {
    for (unsigned thread = 0; thread < threads; ++thread) {
        recorders_.emplace_back(patterns_.size());
    }
}

void Registry::add_gauge(std::string name, std::string help, std::function<double()> read) {
    gauges_.push_back({std::move(name), std::move(help), std::move(read)});
}

void Registry::add_counters(
    std::string name, std::string help, std::function<std::vector<Sample>()> read
) {
    counters_.push_back({std::move(name), std::move(help), std::move(read)});
}

MetricFamily Registry::family_of(const Counters& counters) const {
    MetricFamily counted = family(counters.name, counters.help, MetricType::Counter);
    for (const Sample& sample : counters.read()) {
        Labels labels{{"pool", pool_}};
        for (const auto& [name, value] : sample.labels) {
            labels.push_back({name, value});
        }
        counted.metric.emplace_back(labelled(std::move(labels))).counter.value = sample.value;
    }
    return counted;
}

Registry::RouteTotals Registry::totals_of(std::size_t route) const {
    RouteTotals totals;
    for (const Recorder& recorder : recorders_) {
        const Recorder::Counts& counts = recorder.routes_.at(route);
        for (std::size_t index = 0; index < totals.by_status.size(); ++index) {
            totals.by_status.at(index) += read(counts.by_status.at(index));
        }
        for (std::size_t index = 0; index < totals.by_duration.size(); ++index) {
            totals.by_duration.at(index) += read(counts.by_duration.at(index));
        }
        totals.nanoseconds += read(counts.nanoseconds);
        totals.database_nanoseconds += read(counts.database_nanoseconds);
        totals.database_statements += read(counts.database_statements);
    }
    return totals;
}

void Registry::add_routes(std::vector<MetricFamily>& families) const {
    MetricFamily requests = family(
        "innergate_http_requests_total",
        "Requests answered, by route pattern and status",
        MetricType::Counter
    );
    MetricFamily durations = family(
        "innergate_http_request_duration_seconds",
        "Time from the parsed request to its complete answer",
        MetricType::Histogram
    );
    MetricFamily database_time = family(
        "innergate_database_seconds_total",
        "Time spent waiting for the database, by route pattern",
        MetricType::Counter
    );
    MetricFamily database_statements = family(
        "innergate_database_statements_total",
        "Statements sent to the database, by route pattern",
        MetricType::Counter
    );
    for (std::size_t route = 0; route <= patterns_.size(); ++route) {
        const std::string& pattern = route == patterns_.size() ? "unmatched" : patterns_[route];
        const Labels labels{{"pool", pool_}, {"route", pattern}};
        const RouteTotals totals = totals_of(route);
        for (std::size_t index = 0; index < totals.by_status.size(); ++index) {
            if (totals.by_status.at(index) > 0) {
                Labels with_status = labels;
                with_status.push_back({"status", status_label(Recorder::kStatuses.at(index))});
                ClientMetric& metric = requests.metric.emplace_back(labelled(with_status));
                metric.counter.value = static_cast<double>(totals.by_status.at(index));
            }
        }
        durations.metric.emplace_back(labelled(labels)).histogram =
            histogram(totals.by_duration, totals.nanoseconds);
        database_time.metric.emplace_back(labelled(labels)).counter.value =
            static_cast<double>(totals.database_nanoseconds) / kNanosecondsPerSecond;
        database_statements.metric.emplace_back(labelled(labels)).counter.value =
            static_cast<double>(totals.database_statements);
    }
    for (MetricFamily* const counted :
         {&requests, &durations, &database_time, &database_statements}) {
        families.push_back(std::move(*counted));
    }
}

std::string Registry::exposition() const {
    std::vector<MetricFamily> families;
    add_routes(families);
    families.push_back(single_gauge(
        "innergate_build_info",
        "Always 1; the labels say what runs",
        {{"pool", pool_}, {"version", version_}},
        1
    ));
    for (const Gauge& gauge : gauges_) {
        families.push_back(single_gauge(gauge.name, gauge.help, {{"pool", pool_}}, gauge.read()));
    }
    for (const Counters& counters : counters_) {
        families.push_back(family_of(counters));
    }
    std::ostringstream out;
    prometheus::TextSerializer{}.Serialize(out, families);
    return out.str();
}

}  // namespace innergate::metrics
