#include "handlers/pool/pool_process.hpp"

#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <functional>
#include <future>
#include <memory>
#include <sstream>
#include <string_view>
#include <system_error>
#include <unistd.h>
#include <utility>
#include <vector>

#include <systemd/sd-daemon.h>

#include "app/awaited_signals.hpp"
#include "app/clock.hpp"
#include "app/db/opening.hpp"
#include "app/fastcgi/listen_socket.hpp"
#include "app/log/stream.hpp"
#include "handlers/pool/pool.hpp"

namespace innergate::programs {
namespace {

/// Less than systemd grants: whoever still waits then has been given up by nginx.
constexpr std::chrono::seconds kStopLimit{55};

/// Waits for a signal; tells systemd meanwhile that the process serves, if systemd asked for it and
/// as long as it does.
int wait_for_signal(
    const AwaitedSignals& signals, const std::function<bool(std::chrono::microseconds)>& is_serving
) {
    std::uint64_t watchdog_microseconds = 0;
    const bool is_watched = sd_watchdog_enabled(0, &watchdog_microseconds) > 0;
    const auto period = is_watched ? std::chrono::microseconds{watchdog_microseconds} / 2
                                   : std::chrono::microseconds{std::chrono::hours{1}};
    for (;;) {
        // Also before the first wait: signals in a row must not keep the sign of life back.
        if (is_watched && is_serving(period)) {
            sd_notify(0, "WATCHDOG=1");
        }
        if (const auto signal = signals.wait_for(period)) {
            return *signal;
        }
    }
}

/// The pools of one process: the one that serves, and those that it took over from on SIGHUP and
/// that finish what they have in hand. They share the listening socket, so that no connection is
/// refused or kept waiting in between.
class PoolProcess {
public:
    PoolProcess(PoolConfiguration configuration, Reconfigure reconfigure)
        : listener_(
              fastcgi::open_listener(configuration.settings.pools.at(configuration.pool).listen)
          ),
          log_stream_(STDERR_FILENO, std::string{settings::to_string(configuration.pool)}, clock_),
          reconfigure_(std::move(reconfigure)),
          pool_(make_pool(std::move(configuration))) {}

    int run() {
        pool_->start();
        pool_->tell_started();
        sd_notify(0, "READY=1");
        const auto is_serving = [this](std::chrono::microseconds since_last) {
            return pool_->is_serving(since_last);
        };
        int signal = wait_for_signal(signals_, is_serving);
        for (; signal == SIGHUP; signal = wait_for_signal(signals_, is_serving)) {
            sd_notify(0, "RELOADING=1");
            reload();
            sd_notify(0, "READY=1");
        }
        sd_notify(0, "STOPPING=1");
        pool_->stop(signal == SIGTERM ? "SIGTERM" : "SIGINT");
        return finish();
    }

private:
    [[nodiscard]] std::unique_ptr<Pool> make_pool(PoolConfiguration configuration) {
        Descriptor copy{::fcntl(listener_.get(), F_DUPFD_CLOEXEC, STDERR_FILENO + 1)};
        if (!copy.is_open()) {
            throw std::system_error{errno, std::generic_category(), "fcntl"};
        }
        return std::make_unique<Pool>(std::move(configuration), std::move(copy), log_stream_);
    }

    /// Waits for what runs, within bounds. The exit status.
    int finish() {
        auto ended = std::async(std::launch::async, [this] {
            pool_->finish();
            retiring_.clear();
        });
        if (ended.wait_for(kStopLimit) != std::future_status::ready) {
            pool_->warn("gave up waiting for requests in hand");
            std::_Exit(EXIT_FAILURE);
        }
        pool_.reset();
        if (db::Opening::running() > 0) {
            // A thread of libpq's that nothing can end may still use what exit() takes down.
            std::_Exit(EXIT_SUCCESS);
        }
        return EXIT_SUCCESS;
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
        successor->tell_started();
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
    SystemClock clock_;
    log::Stream log_stream_;
    Reconfigure reconfigure_;
    std::unique_ptr<Pool> pool_;
    std::vector<std::future<void>> retiring_;  // waited for by their destructors
};

}  // namespace

int run_pool(PoolConfiguration configuration, Reconfigure reconfigure) {
    return PoolProcess{std::move(configuration), std::move(reconfigure)}.run();
}

}  // namespace innergate::programs
