// What one worker thread owns: its database session, its token verifiers, its counters.
#pragma once

#include <functional>
#include <optional>

#include "app/auth/jwt.hpp"
#include "app/db/options.hpp"
#include "app/db/session.hpp"
#include "app/db/usage.hpp"
#include "app/http/request.hpp"
#include "app/http/response.hpp"
#include "app/lane.hpp"
#include "app/log/logger.hpp"
#include "app/metrics/metrics.hpp"
#include "app/routing/dispatch.hpp"
#include "app/routing/path_table.hpp"
#include "app/routing/scope.hpp"

namespace innergate::programs {

class Worker {
public:
    /// All but the options outlive the worker.
    Worker(
        const routing::Services& services,
        const routing::PathTable& table,
        const log::Logger& logger,
        auth::JwtVerifier shell_jwt,
        auth::JwtVerifier kas_jwt,
        db::Options database,
        metrics::Recorder& recorder,
        Lane lane,
        std::function<bool()> reserve_slow_place
    );

    /// Dispatches, counts and logs one request. Nothing: the request has a place in the slow lane,
    /// and will be counted and logged there.
    [[nodiscard]] std::optional<http::Response> answer(const http::Request& request);

private:
    [[nodiscard]] routing::Outcome dispatch(
        const http::Request& request, routing::SlowLane slow_lane
    );

    const routing::Services& services_;
    const routing::PathTable& table_;
    const log::Logger& logger_;
    metrics::Recorder& recorder_;
    db::Usage usage_;
    db::Session session_;
    auth::JwtVerifier shell_jwt_;
    auth::JwtVerifier kas_jwt_;
    Lane lane_;
    std::function<bool()> reserve_slow_place_;
};

}  // namespace innergate::programs
