#include "handlers/pool/worker.hpp"

#include <chrono>
#include <utility>

namespace innergate::programs {

Worker::Worker(
    const routing::Services& services,
    const routing::PathTable& table,
    const log::Logger& logger,
    auth::JwtVerifier shell_jwt,
    auth::JwtVerifier kas_jwt,
    db::Options database,
    metrics::Recorder& recorder,
    Lane lane,
    std::function<bool()> reserve_slow_place
)
    : services_(services),
      table_(table),
      logger_(logger),
      recorder_(recorder),
      session_(std::move(database), usage_),
      shell_jwt_(std::move(shell_jwt)),
      kas_jwt_(std::move(kas_jwt)),
      lane_(lane),
      reserve_slow_place_(std::move(reserve_slow_place)) {}

routing::Outcome Worker::dispatch(const http::Request& request, routing::SlowLane slow_lane) {
    const routing::ThreadScope thread{
        .services = services_,
        .session = session_,
        .usage = usage_,
        .shell_jwt = shell_jwt_,
        .kas_jwt = kas_jwt_,
        .lane = lane_,
    };
    return routing::dispatch(request, table_, thread, slow_lane);
}

std::optional<http::Response> Worker::answer(const http::Request& request) {
    const auto start = std::chrono::steady_clock::now();
    usage_ = {};
    routing::Outcome outcome = dispatch(request, routing::SlowLane::may_have_room);
    if (outcome.needs_slow_lane && reserve_slow_place_()) {
        return std::nullopt;
    }
    if (outcome.can_do_without_slow_lane) {
        outcome = dispatch(request, routing::SlowLane::is_full);
    }
    const auto duration = std::chrono::steady_clock::now() - start;
    recorder_.count({
        .route = outcome.route_index,
        .status = outcome.response.status,
        .duration = duration,
        .database_duration = usage_.duration,
        .database_statements = usage_.statements,
    });
    logger_.log(log::RequestFinished{
        .correlation_id = outcome.correlation_id,
        .method = request.method_name,
        .route = outcome.route == nullptr ? std::string_view{} : outcome.route->pattern,
        .status = outcome.response.status,
        .duration = duration,
        .database_duration = usage_.duration,
        .database_statements = usage_.statements,
        .caller = outcome.caller,
        .remote_ip = request.remote_address,
        .reason = outcome.log_detail,
    });
    logger_.log(outcome.response.audit, outcome.correlation_id);
    return std::move(outcome.response);
}

}  // namespace innergate::programs
