#include "app/programs/pool_process.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <csignal>
#include <fcntl.h>
#include <future>
#include <memory>
#include <optional>
#include <sstream>
#include <string_view>
#include <system_error>
#include <unistd.h>
#include <utility>
#include <vector>

#include "sql/migrations.hpp"
#include <systemd/sd-daemon.h>

#include "app/auth/jwt.hpp"
#include "app/auth/kas_jwt.hpp"
#include "app/auth/shell_jwt.hpp"
#include "app/awaited_signals.hpp"
#include "app/clock.hpp"
#include "app/db/health.hpp"
#include "app/fastcgi/listen_socket.hpp"
#include "app/fastcgi/worker_pool.hpp"
#include "app/log/logger.hpp"
#include "app/metrics/metrics.hpp"
#include "app/programs/inspection_metrics.hpp"
#include "app/programs/worker.hpp"
#include "app/settings/keys.hpp"
#include "app/settings/secret_file.hpp"
#include "app/settings/storage_inspector.hpp"
#include "handlers/inspectors/inspectors.hpp"
#include "handlers/path_tables.hpp"
#include "handlers/stores/post_receive_job_store.hpp"

namespace innergate::programs {
namespace {

constexpr std::chrono::seconds kHealthPeriod{1};

/// Waits for a signal; tells systemd meanwhile that the process lives, if systemd asked for it.
int wait_for_signal(const AwaitedSignals& signals) {
    std::uint64_t watchdog_microseconds = 0;
    const bool is_watched = sd_watchdog_enabled(0, &watchdog_microseconds) > 0;
    const auto period = is_watched ? std::chrono::microseconds{watchdog_microseconds} / 2
                                   : std::chrono::microseconds{std::chrono::hours{1}};
    for (;;) {
        // Also before the first wait: signals in a row must not keep the sign of life back.
        if (is_watched) {
            sd_notify(0, "WATCHDOG=1");
        }
        if (const auto signal = signals.wait_for(period)) {
            return *signal;
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

/// A pool with one configuration, in the order in which its parts depend on each other.
class Pool {
public:
    Pool(PoolConfiguration configuration, Descriptor listener)
        : configuration_(std::move(configuration)),
          pool_settings_(configuration_.settings.pools.at(configuration_.pool)),
          table_(handlers::path_table(configuration_.pool)),
          logger_(
              STDERR_FILENO,
              configuration_.settings.logging.level,
              std::string{settings::to_string(configuration_.pool)},
              clock_
          ),
          metrics_(
              std::string{settings::to_string(configuration_.pool)},
              INNERGATE_VERSION,
              patterns(table_),
              pool_settings_.threads + pool_settings_.slow_threads
          ),
          services_{
              .settings = configuration_.settings,
              .clock = clock_,
              .db_key_base = configuration_.db_key_base,
              .health = health_,
              .metrics = metrics_,
              .rate_limiter = rate_limiter_,
              .gitaly_tokens = configuration_.gitaly_tokens,
              .parts = {&inspectors_},
          },
          workers_(
              std::move(listener),
              {
                  .threads = pool_settings_.threads,
                  .slow_threads = pool_settings_.slow_threads,
                  .slow_queue = pool_settings_.slow_queue,
                  .limits = configuration_.settings.limits,
                  .on_fault = [this](std::string_view fault) { logger_.log(log::Warning{fault}); },
              },
              [this](const fastcgi::WorkerThread& thread) { return make_answer(thread); }
          ) {
        add_gauges();
    }

    /// Returns when it takes requests.
    void start() {
        workers_.start();
        probe_.emplace(
            configuration_.database,
            health_,
            [this](bool is_reachable, const std::string& reason) { tell(is_reachable, reason); },
            kHealthPeriod,
            // Its listener alone answers scrapes.
            pool_is_internal() ? db::HealthProbe::Look{[this](db::Session& session) {
                job_backlog_.look(session);
            }}
                               : db::HealthProbe::Look{}
        );
        logger_.log(log::PoolStarted{
            .version = INNERGATE_VERSION,
            .listen = pool_settings_.listen.empty() ? "descriptor 0" : pool_settings_.listen,
            .database = configuration_.database.shown_as,
            .threads = pool_settings_.threads,
        });
        if (configuration_.pool == settings::PoolName::internal) {
            tell_who_looks_into_repositories();
        }
    }

    /// Takes no new work. Returns at once; finish() waits.
    void stop(std::string_view reason) {
        logger_.log(log::PoolStopping{.reason = reason});
        workers_.stop();
    }

    /// As stop(); open connections go to a pool that has started.
    void stop_for(Pool& successor) {
        logger_.log(log::PoolStopping{.reason = "SIGHUP"});
        workers_.stop_for(successor.workers_);
    }

    /// Returns when what runs is finished.
    void finish() {
        workers_.join();
        logger_.log(log::PoolStopped{});
    }

    void warn(std::string_view sentence) const { logger_.log(log::Warning{sentence}); }

private:
    fastcgi::Answer make_answer(const fastcgi::WorkerThread& thread) {
        auto worker = std::make_shared<Worker>(
            services_,
            table_,
            logger_,
            auth::JwtVerifier{
                configuration_.shell_secret,
                auth::kShellJwtRules,
                configuration_.shell_secret_previous},
            auth::JwtVerifier{
                configuration_.kas_secret, auth::kKasJwtRules, configuration_.kas_secret_previous},
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
            const settings::Inspector inspector = settings::choose_inspector(storage);
            const bool is_gitaly = inspector == settings::Inspector::gitaly;
            logger_.log(log::StorageConfigured{
                .storage = name,
                .inspector = settings::to_string(inspector),
                .path = inspector == settings::Inspector::local ? std::string_view{storage.path}
                                                                : std::string_view{},
                .address =
                    is_gitaly ? std::string_view{storage.gitaly_address} : std::string_view{},
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
        metrics_.add_gauge(
            "innergate_requests_waiting",
            "Requests that wait for a worker thread and its session; new connections count as one",
            [this] { return static_cast<double>(workers_.requests_waiting()); }
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
        metrics_.add_gauge(
            "innergate_slow_queue",
            "Requests that may wait for one of these threads",
            [this] { return static_cast<double>(pool_settings_.slow_queue); }
        );
        metrics_.add_gauge("innergate_connections", "Open connections from nginx", [this] {
            return static_cast<double>(workers_.open_connections());
        });
        metrics_.add_gauge("innergate_database_reachable", "1 while the database answers", [this] {
            return health_.is_reachable() ? 1.0 : 0.0;
        });
        if (pool_is_internal()) {
            job_backlog_.add_gauges(metrics_, clock_);
            add_inspection_counters(metrics_, inspectors_);
        }
    }

    const PoolConfiguration configuration_;
    const settings::Pool& pool_settings_;
    SystemClock clock_;
    db::Health health_;
    JobBacklogGauges job_backlog_;
    routing::PathTable table_;
    log::Logger logger_;
    metrics::Registry metrics_;
    RateLimiter rate_limiter_;
    handlers::inspectors::Inspectors inspectors_{
        configuration_.settings.storages, configuration_.gitaly_tokens};
    routing::Services services_;
    fastcgi::WorkerPool workers_;
    std::optional<db::HealthProbe> probe_;  // last: its thread uses what stands above
};

/// The pools of one process: the one that serves, and those that it took over from on SIGHUP and
/// that finish what they have in hand. They share the listening socket, so that no connection is
/// refused or kept waiting in between.
class PoolProcess {
public:
    PoolProcess(PoolConfiguration configuration, Reconfigure reconfigure)
        : listener_(
              fastcgi::open_listener(configuration.settings.pools.at(configuration.pool).listen)
          ),
          reconfigure_(std::move(reconfigure)),
          pool_(make_pool(std::move(configuration))) {}

    int run() {
        pool_->start();
        sd_notify(0, "READY=1");
        int signal = wait_for_signal(signals_);
        for (; signal == SIGHUP; signal = wait_for_signal(signals_)) {
            sd_notify(0, "RELOADING=1");
            reload();
            sd_notify(0, "READY=1");
        }
        sd_notify(0, "STOPPING=1");
        pool_->stop(signal == SIGTERM ? "SIGTERM" : "SIGINT");
        pool_->finish();
        return 0;
    }

private:
    [[nodiscard]] std::unique_ptr<Pool> make_pool(PoolConfiguration configuration) const {
        Descriptor copy{::fcntl(listener_.get(), F_DUPFD_CLOEXEC, STDERR_FILENO + 1)};
        if (!copy.is_open()) {
            throw std::system_error{errno, std::generic_category(), "fcntl"};
        }
        return std::make_unique<Pool>(std::move(configuration), std::move(copy));
    }

    void reload() {
        auto configuration = reconfigure_();
        if (!configuration) {
            std::istringstream faults{configuration.error()};
            for (std::string fault; std::getline(faults, fault);) {
                pool_->warn("not reloaded: " + fault);
            }
            return;
        }
        auto successor = make_pool(std::move(*configuration));
        successor->start();
        pool_->stop_for(*successor);
        std::erase_if(retiring_, [](const std::future<void>& pool) {
            return pool.wait_for(std::chrono::seconds::zero()) == std::future_status::ready;
        });
        // Aside, because a slow request may take longer than systemd waits for a sign of life.
        retiring_.push_back(std::async(
            std::launch::async,
            [pool = std::exchange(pool_, std::move(successor))]() mutable {
                pool->finish();
                pool.reset();  // now, and not when somebody looks at the future
            }
        ));
    }

    // Before any thread starts: threads inherit it.
    AwaitedSignals signals_{SIGTERM, SIGINT, SIGHUP};
    Descriptor listener_;
    Reconfigure reconfigure_;
    std::unique_ptr<Pool> pool_;
    std::vector<std::future<void>> retiring_;  // waited for by their destructors
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
        if (const std::string& path = settings.secrets.shell_secret_previous_file; !path.empty()) {
            configuration.shell_secret_previous = read(path);
        }
        const auto read_base64 = [&keep](const std::string& path) {
            return path.empty() ? auth::Secret{} : keep(settings::read_base64_secret_file(path));
        };
        configuration.kas_secret = read_base64(settings.secrets.kas_secret_file);
        configuration.kas_secret_previous = read_base64(settings.secrets.kas_secret_previous_file);
        if (auto tokens = auth::read_gitaly_tokens(settings.storages)) {
            configuration.gitaly_tokens = *std::move(tokens);
        } else {
            faults += tokens.error();
        }
        faults += handlers::inspectors::why_unable(settings.storages);
    }
    configuration.db_key_base = read(settings.secrets.db_key_base_file);
    auto database =
        db::make_options(settings.database, "innergate-" + std::string{settings::to_string(pool)});
    if (database) {
        configuration.database = std::move(*database);
        configuration.database.schema_version = sql::migrations().back().version;
        configuration.database.newer_schema = db::NewerSchema::survive;
    } else {
        faults += database.error() + "\n";
    }
    configuration.settings = std::move(settings);
    if (!faults.empty()) {
        return tl::unexpected(std::move(faults));
    }
    return configuration;
}

int run_pool(PoolConfiguration configuration, Reconfigure reconfigure) {
    return PoolProcess{std::move(configuration), std::move(reconfigure)}.run();
}

}  // namespace innergate::programs
