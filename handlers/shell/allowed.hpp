// POST /internal/allowed: may this key or user fetch from, or push to, that repository?
#pragma once

#include <array>
#include <string>
#include <variant>

#include "app/auth/gitaly_tokens.hpp"
#include "app/clock.hpp"
#include "app/db/later_writes.hpp"
#include "app/json/shape.hpp"
#include "app/log/events.hpp"
#include "app/rate_limiter.hpp"
#include "app/routing/scope.hpp"
#include "app/routing/slow_work.hpp"
#include "handlers/shell/access_check.hpp"
#include "handlers/shell/access_grant.hpp"
#include "handlers/shell/allowed_request.hpp"
#include "handlers/stores/pushes/push_message_store.hpp"

namespace innergate::settings {
struct Settings;
}

namespace innergate::handlers::shell {

struct AccessRefusal {
    static constexpr std::array kStatuses{401, 404, 422, 503};

    int status = 0;
    std::string message;
};

constexpr auto shape_of(std::type_identity<AccessRefusal> /*type*/) {
    return shape::object<AccessRefusal>(
        shape::constant("status", false, "Go no further"),
        shape::member("message", &AccessRefusal::message, "For the person at the terminal")
    );
}

/// Too many calls about one project within a minute.
struct RateLimitExceeded {
    static constexpr std::array kStatuses{429};
};

constexpr auto shape_of(std::type_identity<RateLimitExceeded> /*type*/) {
    return shape::object<RateLimitExceeded>(shape::nested(
        "message",
        "Of the shape that Workhorse's rate limiting has",
        shape::constant(
            "error", "This endpoint has been requested too many times. Try again later.", "The text"
        )
    ));
}

struct AllowedReply {
    using Answers = std::variant<AccessGrant, AccessRefusal, RateLimitExceeded>;

    Answers answer;
    std::string log_detail;
    log::AccessDecision audit = {};

    [[nodiscard]] int http_status() const;
};

constexpr auto shape_of(std::type_identity<AllowedReply> /*type*/) {
    return shape::as<AllowedReply>(&AllowedReply::answer);
}

/// A refusal is 401. It is never 403, for which gitlab-shell has a text of its own. 404 hides that
/// something is there; 503 says that the 50 s for the check are over.
///
/// On success writes the little that GitLab writes: when the key and its user were last active, a
/// message about a project that was found under an old path, a project that the push creates.
[[nodiscard]] AllowedReply allowed(
    const AllowedRequest& request,
    AccessStores& stores,
    PushMessageStore& messages,
    db::LaterWrites& later,
    const settings::Settings& settings,
    inspectors::Inspectors& inspectors,
    const auth::GitalyTokens& gitaly_tokens,
    const Clock& clock,
    RateLimiter& rate_limiter,
    const routing::RemoteAddress& remote_address,
    const routing::CorrelationId& correlation_id,
    const routing::SlowWork& slow_work
);

}  // namespace innergate::handlers::shell
