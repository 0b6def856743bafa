#include "app/programs/pool_process.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <csignal>
#include <memory>
#include <string_view>
#include <unistd.h>
#include <utility>
#include <vector>

#include "sql/migrations.hpp"
#include <systemd/sd-daemon.h>

#include "app/clock.hpp"
#include "app/db/health.hpp"
#include "app/fastcgi/listen_socket.hpp"
#include "app/fastcgi/worker_pool.hpp"
#include "app/log/logger.hpp"
#include "app/metrics/metrics.hpp"
#include "app/programs/worker.hpp"
#include "app/settings/keys.hpp"
#include "app/settings/secret_file.hpp"
#include "app/stop_signals.hpp"
#include "handlers/path_tables.hpp"
#include "handlers/stores/post_receive_job_store.hpp"

namespace innergate::programs {
namespace {

constexpr std::chrono::seconds kHealthPeriod{1};

/// Waits for a signal; tells systemd meanwhile that the process lives, if systemd asked for it.
int wait_for_stop(const StopSignals& signals) {
    std::uint64_t watchdog_microseconds = 0;
    const bool is_watched = sd_watchdog_enabled(0, &watchdog_microseconds) > 0;
    const auto period = is_watched ? std::chrono::microseconds{watchdog_microseconds} / 2
                                   : std::chrono::microseconds{std::chrono::hours{1}};
    for (;;) {
        if (const auto signal = signals.wait_for(period)) {
            return *signal;
        }
        if (is_watched) {
            sd_notify(0, "WATCHDOG=1");
        }
    }
}

std::vector<std::string> patterns(const routing::PathTable& table) {
    std::vector<std::string> names;
    for (const routing::Route* const route : table.routes()) {
        names.emplace_back(route->pattern);
    }
    return names;
}

/// What waits to be done after pushes, as it was when the database was last asked.
class JobBacklogGauges {
public:
    void look(db::Session& session) {
        const handlers::JobBacklog backlog = handlers::PostReceiveJobStore{session}.backlog();
        waiting_.store(backlog.waiting, std::memory_order_relaxed);
        oldest_.store(backlog.oldest.value_or(Timestamp{}), std::memory_order_relaxed);
    }

    void add_gauges(metrics::Registry& metrics, const Clock& clock) {
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

private:
    std::atomic<long long> waiting_{0};
    std::atomic<Timestamp> oldest_{};
};

/// The descriptive half of a started pool, in the order in which its parts depend on each other.
class PoolProcess {
public:
    explicit PoolProcess(const PoolConfiguration& configuration)
        : configuration_(configuration),
          pool_settings_(configuration.settings.pools.at(configuration.pool)),
          table_(handlers::path_table(configuration.pool)),
          logger_(
              STDERR_FILENO,
              configuration.settings.logging.level,
              std::string{settings::to_string(configuration.pool)},
              clock_
          ),
          metrics_(
              std::string{settings::to_string(configuration.pool)},
              INNERGATE_VERSION,
              patterns(table_),
              pool_settings_.threads + pool_settings_.slow_threads
          ),
          services_{
              .settings = configuration.settings,
              .clock = clock_,
              .db_key_base = configuration.db_key_base,
              .health = health_,
              .metrics = metrics_,
              .rate_limiter = rate_limiter_,
              .gitaly_tokens = configuration.gitaly_tokens,
          },
          workers_(
              fastcgi::open_listener(pool_settings_.listen),
              {
                  .threads = pool_settings_.threads,
                  .slow_threads = pool_settings_.slow_threads,
                  .slow_queue = pool_settings_.slow_queue,
                  .limits = configuration.settings.limits,
                  .on_fault = [this](std::string_view fault) { logger_.log(log::Warning{fault}); },
              },
              [this](const fastcgi::WorkerThread& thread) { return make_answer(thread); }
          ) {
        add_gauges();
    }

    int run(const StopSignals& signals) {
        workers_.start();
        const db::HealthProbe probe{
            configuration_.database,
            health_,
            [this](bool is_reachable, const std::string& reason) { tell(is_reachable, reason); },
            kHealthPeriod,
            // Its listener alone answers scrapes.
            pool_is_internal() ? db::HealthProbe::Look{[this](db::Session& session) {
                job_backlog_.look(session);
            }}
                               : db::HealthProbe::Look{}};
        logger_.log(log::PoolStarted{
            .version = INNERGATE_VERSION,
            .listen = pool_settings_.listen.empty() ? "descriptor 0" : pool_settings_.listen,
            .database = configuration_.database.shown_as,
            .threads = pool_settings_.threads,
        });
        if (configuration_.pool == settings::PoolName::internal) {
            tell_who_looks_into_repositories();
        }
        sd_notify(0, "READY=1");
        const int signal = wait_for_stop(signals);
        sd_notify(0, "STOPPING=1");
        logger_.log(log::PoolStopping{.reason = signal == SIGTERM ? "SIGTERM" : "SIGINT"});
        workers_.stop();
        workers_.join();
        logger_.log(log::PoolStopped{});
        return 0;
    }

private:
    fastcgi::Answer make_answer(const fastcgi::WorkerThread& thread) {
        auto worker = std::make_shared<Worker>(
            services_,
            table_,
            logger_,
            configuration_.shell_secret,
            configuration_.kas_secret,
            configuration_.database,
            metrics_.recorder(thread.index),
            thread.lane,
            thread.reserve_slow_place
        );
        return [worker](const http::Request& request) { return worker->answer(request); };
    }

    void tell(bool is_reachable, const std::string& reason) const {
        if (is_reachable) {
            logger_.log(log::DatabaseReachable{});
        } else {
            logger_.log(log::DatabaseUnreachable{reason});
        }
    }

    [[nodiscard]] bool pool_is_internal() const {
        return configuration_.pool == settings::PoolName::internal;
    }

    void tell_who_looks_into_repositories() const {
        for (const auto& [name, storage] : configuration_.settings.storages) {
            logger_.log(log::StorageConfigured{
                .storage = name,
                .inspector = settings::to_string(storage.chosen_inspector()),
                .path = storage.path,
            });
        }
        for (const std::string& check : settings::open_checks(configuration_.settings)) {
            logger_.log(log::CheckOpen{check});
        }
    }

    void add_gauges() {
        metrics_.add_gauge("innergate_threads", "Worker threads, each with one session", [this] {
            return static_cast<double>(pool_settings_.threads);
        });
        metrics_.add_gauge(
            "innergate_threads_busy",
            "Worker threads with a request in hand",
            [this] { return static_cast<double>(workers_.threads_busy()); }
        );
        metrics_.add_gauge("innergate_slow_threads", "Threads kept apart for slow work", [this] {
            return static_cast<double>(pool_settings_.slow_threads);
        });
        metrics_.add_gauge(
            "innergate_slow_threads_busy",
            "Threads kept apart for slow work with a request in hand",
            [this] { return static_cast<double>(workers_.slow_threads_busy()); }
        );
        metrics_.add_gauge(
            "innergate_slow_requests_queued",
            "Requests that wait for one of these threads",
            [this] { return static_cast<double>(workers_.slow_requests_queued()); }
        );
        metrics_.add_gauge("innergate_connections", "Open connections from nginx", [this] {
            return static_cast<double>(workers_.open_connections());
        });
        metrics_.add_gauge("innergate_database_reachable", "1 while the database answers", [this] {
            return health_.is_reachable() ? 1.0 : 0.0;
        });
        if (pool_is_internal()) {
            job_backlog_.add_gauges(metrics_, clock_);
        }
    }

    const PoolConfiguration& configuration_;
    const settings::Pool& pool_settings_;
    SystemClock clock_;
    db::Health health_;
    JobBacklogGauges job_backlog_;
    routing::PathTable table_;
    log::Logger logger_;
    metrics::Registry metrics_;
    RateLimiter rate_limiter_;
    routing::Services services_;
    fastcgi::WorkerPool workers_;
};

}  // namespace

tl::expected<PoolConfiguration, std::string> configure_pool(
    settings::PoolName pool, settings::Settings settings
) {
    std::string faults;
    const auto keep = [&faults](tl::expected<std::string, std::string> secret) {
        if (!secret) {
            faults += secret.error() + "\n";
        }
        return auth::Secret{secret.value_or("")};
    };
    const auto read = [&keep](const std::string& path) {
        return keep(settings::read_secret_file(path));
    };
    PoolConfiguration configuration;
    configuration.pool = pool;
    if (pool == settings::PoolName::internal) {
        configuration.shell_secret = read(settings.secrets.shell_secret_file);
        if (const std::string& path = settings.secrets.kas_secret_file; !path.empty()) {
            configuration.kas_secret = keep(settings::read_base64_secret_file(path));
        }
        for (const auto& [name, storage] : settings.storages) {
            if (!storage.gitaly_token_file.empty()) {
                configuration.gitaly_tokens[name] = read(storage.gitaly_token_file);
            }
        }
    }
    configuration.db_key_base = read(settings.secrets.db_key_base_file);
    auto database =
        db::make_options(settings.database, "innergate-" + std::string{settings::to_string(pool)});
    if (database) {
        configuration.database = std::move(*database);
        configuration.database.schema_version = sql::migrations().back().version;
    } else {
        faults += database.error() + "\n";
    }
    configuration.settings = std::move(settings);
    if (!faults.empty()) {
        return tl::unexpected(std::move(faults));
    }
    return configuration;
}

int run_pool(const PoolConfiguration& configuration) {
    const StopSignals signals;  // before any thread starts: threads inherit it
    return PoolProcess{configuration}.run(signals);
}

}  // namespace innergate::programs
