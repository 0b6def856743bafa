// What a pool did, counted: each thread counts for itself, a scrape adds up. Names and the text
// format are Prometheus'.
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace prometheus {
struct MetricFamily;
}

namespace innergate::metrics {

/// Counts of two threads never share a line of this many bytes: each write of one would slow the
/// other down.
inline constexpr std::size_t kCacheLineBytes = 64;

struct RequestCost {
    std::optional<std::size_t> route;  ///< index of the route; nothing: no route matched
    int status = 200;
    std::chrono::nanoseconds duration{0};
    std::chrono::nanoseconds database_duration{0};
    unsigned database_statements = 0;
};

/// Upper bounds in seconds; a last bucket takes the rest.
inline constexpr std::array<double, 11> kBuckets{
    0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1, 10};

/// The counts of one worker thread. Only that thread writes; a scrape may read at any time and sees
/// each number whole, though not all of one moment.
class alignas(kCacheLineBytes) Recorder {
public:
    /// Statuses counted one by one; others are counted under 0.
    static constexpr std::array<int, 18> kStatuses{
        0, 200, 201, 202, 204, 300, 400, 401, 402, 403, 404, 405, 413, 415, 422, 429, 500, 503};

    /// `routes`: how many there are; one more is kept for requests that match none.
    explicit Recorder(std::size_t routes) : routes_(routes + 1) {}

    void count(const RequestCost& cost);

private:
    friend class Registry;

    struct alignas(kCacheLineBytes) Counts {
        std::array<std::atomic<std::uint64_t>, kStatuses.size()> by_status{};
        std::array<std::atomic<std::uint64_t>, kBuckets.size() + 1> by_duration{};
        std::atomic<std::uint64_t> nanoseconds{0};
        std::atomic<std::uint64_t> database_nanoseconds{0};
        std::atomic<std::uint64_t> database_statements{0};
    };

    std::deque<Counts> routes_;  // never moves: atomics cannot
};

/// All recorders of a pool, and gauges read when asked.
class Registry {
public:
    /// `route_patterns`: in the order of the indices that RequestCost carries.
    Registry(
        std::string pool,
        std::string version,
        std::vector<std::string> route_patterns,
        unsigned threads
    );
    Registry(const Registry&) = delete;
    Registry& operator=(const Registry&) = delete;

    [[nodiscard]] Recorder& recorder(unsigned thread) { return recorders_.at(thread); }

    /// A value read at each scrape, from any thread. Register before threads start.
    void add_gauge(std::string name, std::string help, std::function<double()> read);

    /// One number of a family that is counted elsewhere, and what tells it from the others.
    struct Sample {
        std::vector<std::pair<std::string, std::string>> labels;  ///< besides `pool`
        double value = 0;
    };
    /// Counters read at each scrape, from any thread. Register before threads start.
    void add_counters(
        std::string name, std::string help, std::function<std::vector<Sample>()> read
    );

    /// Prometheus text format, version 0.0.4.
    [[nodiscard]] std::string exposition() const;

private:
    struct Gauge {
        std::string name;
        std::string help;
        std::function<double()> read;
    };

    struct Counters {
        std::string name;
        std::string help;
        std::function<std::vector<Sample>()> read;
    };

    /// What all threads counted for one route.
    struct RouteTotals {
        std::array<std::uint64_t, Recorder::kStatuses.size()> by_status{};
        std::array<std::uint64_t, kBuckets.size() + 1> by_duration{};
        std::uint64_t nanoseconds = 0;
        std::uint64_t database_nanoseconds = 0;
        std::uint64_t database_statements = 0;
    };

    [[nodiscard]] RouteTotals totals_of(std::size_t route) const;
    void add_routes(std::vector<prometheus::MetricFamily>& families) const;
    [[nodiscard]] prometheus::MetricFamily family_of(const Counters& counters) const;

    std::string pool_;
    std::string version_;
    std::vector<std::string> patterns_;
    std::deque<Recorder> recorders_;
    std::vector<Gauge> gauges_;
    std::vector<Counters> counters_;
};

}  // namespace innergate::metrics
