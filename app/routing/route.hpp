// One row of a path table: everything the server and its documents know about an endpoint.
#pragma once

#include <cstddef>
#include <limits>
#include <span>
#include <string_view>

#include "app/auth/policy.hpp"
#include "app/http/request.hpp"
#include "app/routing/operation.hpp"

namespace innergate::routing {

/// One documented answer. What every route can answer (401 by its policy, 400 by its parameters,
/// 405, 413, 503 …) is added by the OpenAPI generator and not repeated per row.
struct Answer {
    int status = 200;
    std::string_view when;
    std::string_view example;  ///< the body; JSON unless the row says otherwise
};

/// What becomes of a request's body.
enum class BodyKind {
    parameters,  ///< among those of path and query
    document,    ///< a JSON object by itself: RequestDocument
    ignored,     ///< whatever it is, it is not read
};

inline constexpr std::size_t kMebibyte = std::size_t{1024} * 1024;
/// Enough for some parameters, with room for what a client says besides; most rows need no more.
inline constexpr std::size_t kSmallBody = kMebibyte;
/// A longer body is parsed on the slow lane: it takes milliseconds.
inline constexpr std::size_t kLongBody = std::size_t{64} * 1024;
/// As long as limits.max_body_bytes lets it be.
inline constexpr std::size_t kAnyBody = std::numeric_limits<std::size_t>::max();

struct Route {
    http::Method method;
    /// See Pattern; matched against the decoded segments of the raw path.
    std::string_view pattern;
    /// A reference, so that a row without a policy does not compile; open routes say auth::kNone.
    const auth::Policy& auth;
    Operation operation;
    std::string_view summary;
    std::span<const Answer> answers;
    int success_status = 200;
    std::string_view content_type = "application/json";
    /// Answers hold what nobody but the caller may see: no proxy or cache may keep a copy.
    bool answers_with_secret = false;
    /// The row serves only paths whose parameters are digits.
    bool takes_numbers_only = false;
    BodyKind body = BodyKind::parameters;
    /// Its answer needs neither the database nor a body, and is about the pool's health. It is
    /// given even while all threads are held up by other requests.
    bool is_about_health = false;
    /// The longest body that a client of the row has a use for. A longer one is refused unread.
    std::size_t max_body_bytes = kSmallBody;
    /// The request tells of what has already happened and must not be refused: when the slow lane
    /// is full, its long body is parsed on the fast one.
    bool must_be_answered = false;
};

}  // namespace innergate::routing
