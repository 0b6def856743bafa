#include "app/routing/dispatch.hpp"

#include <algorithm>
#include <exception>
#include <iterator>

#include <boost/uuid/random_generator.hpp>
#include <boost/uuid/uuid_io.hpp>

#include "app/ascii.hpp"
#include "app/db/errors.hpp"
#include "app/routing/parameters.hpp"
#include "app/settings/settings.hpp"

namespace innergate::routing {
namespace {

constexpr std::string_view kRequestId = "X-Request-Id";
constexpr std::string_view kJson = "application/json";

/// nginx passes the path on with the prefix under which operators mount GitLab.
std::string_view without_relative_root(std::string_view path, std::string_view root) {
    // A base URL with a trailing slash makes clients send `//gitlab/api/…`.
    while (path.starts_with("//")) {
        path.remove_prefix(1);
    }
    const bool is_below = !root.empty() && path.starts_with(root) &&
                          (path.size() == root.size() || path[root.size()] == '/');
    return is_below ? path.substr(root.size()) : path;
}

settings::Limits limits_of(const Route& route, const settings::Limits& limits) {
    settings::Limits narrow = limits;
    narrow.max_body_bytes = std::min(limits.max_body_bytes, route.max_body_bytes);
    return narrow;
}

tl::unexpected<Error> body_too_long() {
    return request_failure(ErrorCode::payload_too_large, "413 Content Too Large");
}

/// Takes a request whose body is long to the slow lane, before it is parsed. Throws NeedsSlowLane.
Result<void> settle_lane(
    const http::Request& request, const Route& route, std::size_t max_body_bytes, Scope& scope
) {
    scope.is_first_pass = scope.thread.lane == Lane::fast;
    if (request.body == nullptr || !reads_body(route)) {
        return {};
    }
    const auto body = request.body->read(max_body_bytes);
    if (!body) {
        return tl::unexpected(body.error());
    }
    if (body->size() <= kLongBody) {
        return {};
    }
    const bool goes_on = route.must_be_answered && scope.slow_lane == SlowLane::is_full;
    if (scope.thread.lane == Lane::fast && !goes_on) {
        throw NeedsSlowLane{route.must_be_answered};
    }
    scope.is_first_pass = true;
    return {};
}

/// Puts the body into the scope if it is a document.
Result<json::Object> read_parameters(
    const http::Request& request,
    std::string_view query,
    PathTable::Match match,
    const settings::Limits& limits,
    Scope& scope
) {
    if (match.route->body == BodyKind::parameters) {
        return gather_parameters(request, query, std::move(match.path_parameters), limits);
    }
    if (reads_body(*match.route)) {
        auto document = read_document(request, limits);
        if (!document) {
            return document;
        }
        scope.document = std::move(*document);
    }
    auto parameters = query_parameters(query, limits);
    if (parameters) {
        std::ranges::move(match.path_parameters, std::back_inserter(*parameters));
    }
    return parameters;
}

/// The stages are in the order of their price, and of what a stranger may make us do:
/// 1. match: needs no secret and no database. An unknown path costs next to nothing, and so does a
///    body that announces itself as too long for its row.
/// 2. authenticate: from the header fields and the query. A stranger's body is not parsed, except a
///    small one where the token may stand in it.
/// 3. parse: bounded by the limits, and on the slow lane if the body is long. A malformed request
///    never reaches the database behind a JWT.
/// 4. handle: the only stage that knows the endpoint.
Result<http::Response> run_stages(
    const http::Request& request,
    std::string_view query,
    const PathTable& table,
    Scope& scope,
    Outcome& outcome
) {
    const auto segments = http::PathSegments::parse(scope.path);
    if (!segments) {
        return tl::unexpected(segments.error());
    }
    auto match = table.match(request.method, *segments);
    if (!match) {
        return tl::unexpected(std::move(match.error()));
    }
    outcome.route = match->route;
    outcome.route_index = match->index;
    const settings::Limits limits = limits_of(*match->route, scope.thread.services.settings.limits);
    if (reads_body(*match->route) && request.content_length > limits.max_body_bytes) {
        return body_too_long();
    }

    if (request.is_late) {
        throw db::Unavailable{"waited too long for a thread of the slow lane"};
    }

    scope.path_parameters = &match->path_parameters;
    auto caller = match->route->auth.authenticate(request, scope);
    scope.path_parameters = nullptr;
    if (!caller) {
        return tl::unexpected(std::move(caller.error()));
    }
    scope.caller = *caller;
    outcome.caller = auth::log_name(scope.caller);
    if (scope.jwt_key == auth::JwtKey::previous) {
        outcome.caller += " (previous secret)";
    }

    const Route& route = *outcome.route;
    if (auto settled = settle_lane(request, route, limits.max_body_bytes, scope); !settled) {
        return tl::unexpected(std::move(settled.error()));
    }
    const auto parameters = read_parameters(request, query, std::move(*match), limits, scope);
    if (!parameters) {
        return tl::unexpected(parameters.error());
    }
    auto response = route.operation.run(scope, *parameters, route.success_status);
    if (response && response->content_type == kJson) {
        response->content_type = route.content_type;
    }
    return response;
}

http::Response unavailable(const PathTable& table, std::string_view path) {
    http::Response response =
        table.refuse(path, failure(ErrorCode::unavailable, "503 Service Unavailable").value());
    // Longer than the pause between two attempts to connect, shorter than people notice.
    response.headers.push_back({"Retry-After", "2"});
    return response;
}

http::Response internal_error(const PathTable& table, std::string_view path) {
    return table.refuse(path, failure(ErrorCode::internal, "500 Internal Server Error").value());
}

}  // namespace

std::string correlation_id(const http::Request& request) {
    constexpr std::size_t kMaxLength = 128;
    const auto given = request.header(kRequestId);
    const bool is_usable = given && !given->empty() && given->size() <= kMaxLength &&
                           ascii::has_only_letters_digits_and("-_.:/+=", *given);
    if (is_usable) {
        return std::string{*given};
    }
    thread_local boost::uuids::random_generator_mt19937 generate;
    return to_string(generate());
}

Outcome dispatch(
    const http::Request& request,
    const PathTable& table,
    const ThreadScope& thread,
    SlowLane slow_lane
) {
    Outcome outcome;
    outcome.correlation_id = correlation_id(request);
    const http::Target target = http::split_target(request.target);
    Scope scope{
        .thread = thread,
        .request = request,
        .slow_lane = slow_lane,
        .correlation_id = outcome.correlation_id,
        .path =
            without_relative_root(target.path, thread.services.settings.instance.relative_url_root),
    };
    try {
        Result<http::Response> response = run_stages(request, target.query, table, scope, outcome);
        if (response) {
            outcome.response = std::move(*response);
            outcome.log_detail = outcome.response.log_detail;
        } else {
            outcome.response = table.refuse(scope.path, response.error());
            outcome.log_detail = std::move(response.error().log_detail);
        }
    } catch (const db::Unavailable& error) {
        outcome.response = unavailable(table, scope.path);
        outcome.log_detail = error.what();
        // A request that has to wait for a lock waits in the slow lane, where others do not wait
        // for it. What was written must not be written again.
        outcome.needs_slow_lane = scope.thread.lane == Lane::fast &&
                                  scope.thread.usage.writes == 0 &&
                                  dynamic_cast<const db::Locked*>(&error) != nullptr;
    } catch (const NeedsSlowLane& error) {
        // Where slow work may be done, nobody throws this.
        outcome.needs_slow_lane = scope.thread.lane == Lane::fast;
        outcome.can_do_without_slow_lane = outcome.needs_slow_lane && error.can_do_without();
        outcome.response = outcome.needs_slow_lane ? unavailable(table, scope.path)
                                                   : internal_error(table, scope.path);
        outcome.log_detail = outcome.needs_slow_lane ? "slow lane is full" : error.what();
    } catch (const std::exception& error) {
        outcome.response = internal_error(table, scope.path);
        outcome.log_detail = error.what();
    }
    outcome.response.headers.push_back({std::string{kRequestId}, outcome.correlation_id});
    if (outcome.route != nullptr && outcome.route->answers_with_secret) {
        outcome.response.headers.push_back({"Cache-Control", "no-store"});
    }
    return outcome;
}

bool is_about_health(std::string_view target, const PathTable& table, std::string_view root) {
    const std::string_view path = without_relative_root(http::split_target(target).path, root);
    const auto segments = http::PathSegments::parse(path);
    const auto match =
        segments ? table.match(http::Method::get, *segments) : tl::unexpected(segments.error());
    return match && match->route->is_about_health;
}

}  // namespace innergate::routing
