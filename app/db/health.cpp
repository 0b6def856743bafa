#include "app/db/health.hpp"

#include <optional>

#include "app/db/session.hpp"

namespace innergate::db {

HealthProbe::HealthProbe(
    Options options, Health& health, OnChange on_change, std::chrono::milliseconds period, Look look
)
    : options_(std::move(options)),
      health_(health),
      on_change_(std::move(on_change)),
      period_(period),
      look_(std::move(look)),
      thread_([this](const std::stop_token& stop) { run(stop); }) {}

void HealthProbe::run(const std::stop_token& stop) {
    Usage usage;
    Session session{options_, usage};
    std::optional<bool> told;
    while (!stop.stop_requested()) {
        std::string reason;
        try {
            session.ping();
        } catch (const std::exception& error) {
            reason = error.what();
        }
        const bool is_reachable = reason.empty();
        health_.set_reachable(is_reachable);
        if (told != is_reachable) {
            told = is_reachable;
            on_change_(is_reachable, reason);
        }
        if (is_reachable && look_) {
            look(session);
        }
        std::unique_lock lock{mutex_};
        stopped_.wait_for(lock, stop, period_, [] { return false; });
    }
}

void HealthProbe::look(Session& session) const {
    try {
        look_(session);
    } catch (const Unavailable&) {
        // The next ping says why.
    } catch (const QueryError&) {
        // A look is no reason to call the database unwell.
    }
}

}  // namespace innergate::db
