#include "app/routing/dispatch.hpp"

#include <algorithm>
#include <exception>
#include <iterator>

#include <boost/uuid/random_generator.hpp>
#include <boost/uuid/uuid_io.hpp>

#include "app/db/errors.hpp"
#include "app/routing/parameters.hpp"

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

bool may_have_body(http::Method method) {
    return method == http::Method::post || method == http::Method::put ||
           method == http::Method::patch;
}

/// Leaves the body, where it is a document, in the scope.
Result<json::Object> read_parameters(
    const http::Request& request, std::string_view query, PathTable::Match match, Scope& scope
) {
    const settings::Limits& limits = scope.services.settings.limits;
    scope.document.clear();
    if (match.route->body == BodyKind::parameters) {
        return gather_parameters(request, query, std::move(match.path_parameters), limits);
    }
    if (match.route->body == BodyKind::document && may_have_body(request.method)) {
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

/// The order of the stages is the order of their price, and of what a stranger may make us do:
/// 1. match: no secret, no database; an unknown path costs next to nothing.
/// 2. authenticate: from the header fields and the query; a stranger's body is not parsed, but for
///    a small one where the token may stand in it.
/// 3. parse: bounded by the limits; a malformed request never reaches the database behind a JWT.
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

    if (request.is_late) {
        throw db::Unavailable{"waited too long for a thread of the slow lane"};
    }

    scope.request = &request;
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

    const auto parameters = read_parameters(request, query, std::move(*match), scope);
    if (!parameters) {
        return tl::unexpected(parameters.error());
    }
    const Route& route = *outcome.route;
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
    constexpr std::string_view kOthers = "-_.:/+=";
    const auto given = request.header(kRequestId);
    const bool is_usable = given && !given->empty() && given->size() <= kMaxLength &&
                           std::ranges::all_of(*given, [kOthers](char character) {
                               return (character >= 'a' && character <= 'z') ||
                                      (character >= 'A' && character <= 'Z') ||
                                      (character >= '0' && character <= '9') ||
                                      kOthers.find(character) != std::string_view::npos;
                           });
    if (is_usable) {
        return std::string{*given};
    }
    thread_local boost::uuids::random_generator_mt19937 generate;
    return to_string(generate());
}

Outcome dispatch(const http::Request& request, const PathTable& table, Scope& scope) {
    Outcome outcome;
    outcome.correlation_id = correlation_id(request);
    scope.correlation_id = outcome.correlation_id;
    scope.remote_address = request.remote_address;
    const http::Target target = http::split_target(request.target);
    scope.path =
        without_relative_root(target.path, scope.services.settings.instance.relative_url_root);
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
        // Whoever has to wait for a lock does so where others do not wait for him. What was written
        // must not be written again.
        outcome.needs_slow_lane = scope.lane == Lane::fast && scope.usage.writes == 0 &&
                                  dynamic_cast<const db::Locked*>(&error) != nullptr;
    } catch (const NeedsSlowLane& error) {
        // Where slow work may be done, nobody throws this.
        outcome.needs_slow_lane = scope.lane == Lane::fast;
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
