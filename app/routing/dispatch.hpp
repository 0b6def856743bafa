// The server: from a request to its response, stage by stage.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "app/http/request.hpp"
#include "app/http/response.hpp"
#include "app/routing/path_table.hpp"
#include "app/routing/scope.hpp"

namespace innergate::routing {

/// A response, and what log and metrics say about how it came about.
struct Outcome {
    http::Response response;
    const Route* route = nullptr;            ///< null: no route matched
    std::optional<std::size_t> route_index;  ///< in PathTable::routes()
    std::string caller;                      ///< empty: not authenticated
    std::string log_detail;                  ///< why it was refused or failed; never a secret
    std::string correlation_id;
    /// The request is to be dispatched again with Lane::slow, on a thread of the slow lane: it
    /// takes long, or has to wait for a lock of the database. When that lane has no place,
    /// `response` is the answer: 503.
    bool needs_slow_lane = false;
    /// When that lane has no place, the request is dispatched again with SlowLane::is_full instead.
    bool can_do_without_slow_lane = false;
};

/// Answers one request; throws nothing. What the input causes becomes a 4xx, a database that cannot
/// serve a 503 with `Retry-After`, anything else a 500 with a fixed text. `slow_lane` is what is
/// known of that lane.
[[nodiscard]] Outcome dispatch(
    const http::Request& request,
    const PathTable& table,
    const ThreadScope& thread,
    SlowLane slow_lane = SlowLane::may_have_room
);

/// The client's `X-Request-Id` when it is short and harmless, else a new random one.
[[nodiscard]] std::string correlation_id(const http::Request& request);

/// Whether a GET of this target (path and query, as a request line has it) is answered by a route
/// that is about health. `root`: the relative URL root.
[[nodiscard]] bool is_about_health(
    std::string_view target, const PathTable& table, std::string_view root
);

}  // namespace innergate::routing
