#include "handlers/pool/pool.hpp"

#include <memory>
#include <utility>
#include <vector>

#include "app/auth/jwt.hpp"
#include "app/auth/kas_jwt.hpp"
#include "app/auth/shell_jwt.hpp"
#include "app/routing/dispatch.hpp"
#include "app/settings/keys.hpp"
#include "app/settings/storage_inspector.hpp"
#include "handlers/path_tables.hpp"
#include "handlers/pool/inspection_metrics.hpp"
#include "handlers/pool/log_metrics.hpp"
#include "handlers/pool/worker.hpp"

namespace innergate::programs {
namespace {

/// For requests about health, when all others are held up.
constexpr unsigned kUrgentThreads = 1;
/// With a lock of the database; then the request goes to the slow lane. Far longer than any of our
/// own transactions takes.
constexpr std::chrono::milliseconds kPatienceOfFastThreads{250};
constexpr std::chrono::milliseconds kHealthPeriod{500};
/// Longer than any request may take.
constexpr std::chrono::seconds kStalledAfter{60};

}  // namespace

Pool::Pool(PoolConfiguration configuration, Descriptor listener, log::Stream& stream)
    : configuration_(std::move(configuration)),
      pool_settings_(configuration_.settings.pools.at(configuration_.pool)),
      table_(handlers::path_table(configuration_.pool)),
      stream_(stream),
      logger_(stream, configuration_.settings.logging.level),
      metrics_(
          std::string{settings::to_string(configuration_.pool)},
          INNERGATE_VERSION,
          table_.patterns(),
          pool_settings_.threads + pool_settings_.slow_threads + kUrgentThreads
      ),
      services_{
          .settings = configuration_.settings,
          .clock = clock_,
          .db_key_base = configuration_.db_key_base,
          .health = health_,
          .metrics = metrics_,
          .rate_limiter = rate_limiter_,
          .gitaly_tokens = configuration_.gitaly_tokens,
          .parts = {&inspectors_, &later_writes_},
      },
      workers_(std::move(listener), worker_options(), [this](const fastcgi::WorkerThread& thread) {
          return make_answer(thread);
      }) {
    add_gauges();
}

void Pool::start() {
    probe_.emplace(
        probe_options(),
        health_,
        [this](bool is_reachable, const std::string& reason) { tell(is_reachable, reason); },
        kHealthPeriod
    );
    // Who is ready knows whether the database is.
    probe_->wait_for_first();
    workers_.start();
    background_.emplace(
        session_options(Lane::slow),
        later_writes_,
        // Its listener alone answers scrapes.
        is_internal()
            ? BackgroundWork::Look{[this](db::Session& session) { job_backlog_.look(session); }}
            : BackgroundWork::Look{}
    );
}

void Pool::tell_started() const {
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

void Pool::stop(std::string_view reason) {
    logger_.log(log::PoolStopping{.reason = reason});
    workers_.stop();
}

void Pool::stop_for(Pool& successor) {
    logger_.log(log::PoolStopping{.reason = "SIGHUP"});
    workers_.stop_for(successor.workers_);
}

void Pool::finish() {
    workers_.join();
    if (background_) {
        background_->finish();
    }
    logger_.log(log::PoolStopped{});
}

bool Pool::is_serving(std::chrono::microseconds since_last) {
    const std::uint64_t changes = workers_.changes();
    const bool some_wait =
        workers_.threads_busy() == workers_.threads() || workers_.requests_waiting() > 0;
    stalled_for_ = some_wait && changes == changes_ ? stalled_for_ + since_last
                                                    : std::chrono::microseconds::zero();
    changes_ = changes;
    return stalled_for_ < kStalledAfter;
}

void Pool::warn(std::string_view sentence) const {
    logger_.log(log::Warning{sentence});
}

fastcgi::WorkerPoolOptions Pool::worker_options() {
    return {
        .threads = pool_settings_.threads,
        .slow_threads = pool_settings_.slow_threads,
        .slow_queue = pool_settings_.slow_queue,
        .limits = configuration_.settings.limits,
        .is_urgent =
            [this](std::string_view target) {
                return routing::is_about_health(
                    target, table_, configuration_.settings.instance.relative_url_root
                );
            },
        .on_fault = [this](std::string_view fault) { logger_.log(log::Warning{fault}); },
    };
}

fastcgi::Answer Pool::make_answer(const fastcgi::WorkerThread& thread) {
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
        session_options(thread.lane),
        metrics_.recorder(thread.index),
        thread.lane,
        thread.reserve_slow_place
    );
    return [worker](const http::Request& request) { return worker->answer(request); };
}

db::Options Pool::session_options(Lane lane) {
    db::Options options = configuration_.database;
    options.guard = &call_guard_;
    options.health = &health_;
    if (lane == Lane::fast) {
        options.lock_timeout = kPatienceOfFastThreads;
    }
    return options;
}

db::Options Pool::probe_options() {
    db::Options options = session_options(Lane::slow);
    options.call_timeout = configuration_.settings.database.probe_timeout;
    options.asks_though_hung = true;
    options.reopen_after = kHealthPeriod;
    return options;
}

void Pool::tell(bool is_reachable, const std::string& reason) const {
    if (is_reachable) {
        logger_.log(log::DatabaseReachable{});
    } else {
        logger_.log(log::DatabaseUnreachable{reason});
    }
}

bool Pool::is_internal() const {
    return configuration_.pool == settings::PoolName::internal;
}

void Pool::tell_who_looks_into_repositories() const {
    for (const auto& [name, storage] : configuration_.settings.storages) {
        const settings::Inspector inspector = settings::choose_inspector(storage);
        const bool is_gitaly = inspector == settings::Inspector::gitaly;
        logger_.log(log::StorageConfigured{
            .storage = name,
            .inspector = settings::to_string(inspector),
            .path = inspector == settings::Inspector::local ? std::string_view{storage.path}
                                                            : std::string_view{},
            .address = is_gitaly ? std::string_view{storage.gitaly_address} : std::string_view{},
        });
    }
    for (const std::string& check : settings::open_checks(configuration_.settings)) {
        logger_.log(log::CheckOpen{check});
    }
}

void Pool::add_gauges() {
    metrics_.add_gauge("innergate_threads", "Worker threads, each with one session", [this] {
        return static_cast<double>(pool_settings_.threads);
    });
    metrics_.add_gauge("innergate_threads_busy", "Worker threads with a request in hand", [this] {
        return static_cast<double>(workers_.threads_busy());
    });
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
    metrics_.add_gauge(
        "innergate_later_writes_dropped",
        "When keys and tokens were last used: what could not be kept in memory any more",
        [this] { return static_cast<double>(later_writes_.dropped()); }
    );
    add_log_counters(metrics_, stream_);
    if (is_internal()) {
        job_backlog_.add_gauges(metrics_, clock_);
        add_inspection_counters(metrics_, inspectors_);
    }
}

}  // namespace innergate::programs
