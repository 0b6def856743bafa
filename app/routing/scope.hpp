// What a request may use: the process's constants, its thread's database session, its caller.
// Handlers name what they need in their parameter list and get it from here by type.
#pragma once

#include <concepts>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

#include "app/auth/caller.hpp"
#include "app/auth/gitaly_tokens.hpp"
#include "app/auth/jwt.hpp"
#include "app/auth/secret.hpp"
#include "app/clock.hpp"
#include "app/db/health.hpp"
#include "app/db/usage.hpp"
#include "app/http/request.hpp"
#include "app/json/value.hpp"
#include "app/lane.hpp"
#include "app/rate_limiter.hpp"
#include "app/routing/slow_work.hpp"
#include "app/shared_part.hpp"

namespace innergate::db {
class Session;
}
namespace innergate::metrics {
class Registry;
}
namespace innergate::settings {
struct Settings;
struct Instance;
struct Features;
struct Kas;
struct Billing;
struct Access;
struct Tokens;
}  // namespace innergate::settings

namespace innergate::routing {

/// What all threads share. Constant after start, or safe to read at any time.
struct Services {
    const settings::Settings& settings;
    const Clock& clock;
    const auth::Secret& db_key_base;
    const db::Health& health;
    const metrics::Registry& metrics;
    RateLimiter& rate_limiter;
    const auth::GitalyTokens& gitaly_tokens;
    /// What layers above bring along: one of each type that their handlers ask for.
    std::vector<SharedPart*> parts = {};
};

/// Throws std::logic_error where the process has no such part.
template <class T>
[[nodiscard]] T& shared_part(const Services& services) {
    for (SharedPart* const part : services.parts) {
        if (auto* const found = dynamic_cast<T*>(part)) {
            return *found;
        }
    }
    throw std::logic_error{"a handler asks for a part that this process does not have"};
}

/// What one thread owns and lends to one request at a time.
struct ThreadScope {
    const Services& services;
    db::Session& session;
    const db::Usage& usage;  ///< of the session, in this request
    auth::JwtVerifier& shell_jwt;
    auth::JwtVerifier& kas_jwt;
    Lane lane = Lane::fast;
};

/// What one request has: what its thread lends it, and what the stages of dispatch() find out about
/// it one after the other.
struct Scope {
    const ThreadScope& thread;
    const http::Request& request;
    SlowLane slow_lane = SlowLane::may_have_room;  ///< as far as is known
    std::string correlation_id = {};
    std::string_view path = {};  ///< without the relative root
    /// What the path says, for policies whose credential is good for a part of the tree; valid
    /// while they authenticate.
    const json::Object* path_parameters = nullptr;
    auth::Caller caller = {};
    /// Which of the accepted secrets the caller has; set by the policy.
    auth::JwtKey jwt_key = auth::JwtKey::current;
    json::Object document = {};  ///< the body of a row that takes one
    bool is_first_pass = true;   ///< of the handler
};

/// Where the request came from, as nginx says.
struct RemoteAddress {
    std::string value;
};

/// The address under which the client finds this resource, without a query.
struct RequestUrl {
    std::string value;
};

/// The body of a row with BodyKind::document; empty for methods that have none.
struct RequestDocument {
    const json::Object& members;
};

/// The fields If-Match and If-None-Match (RFC 9110 section 13.1), as they were sent; empty: not.
struct Preconditions {
    std::string_view if_match;
    std::string_view if_none_match;
};

/// The request's correlation id, for what outlives it (queued jobs).
struct CorrelationId {
    std::string value;
};

/// `path` is encoded anew: what a client wrote into it cannot end a header field's value.
[[nodiscard]] std::string request_url(const settings::Instance& instance, std::string_view path);

template <class T, class Variant>
inline constexpr bool kIsAlternative = false;
template <class T, class... Alternatives>
inline constexpr bool kIsAlternative<T, std::variant<Alternatives...>> =
    (std::same_as<T, Alternatives> || ...);

template <class T>
inline constexpr bool kIsPartOfSettings = kIsAlternative<
    T,
    std::variant<
        settings::Settings,
        settings::Instance,
        settings::Features,
        settings::Kas,
        settings::Billing,
        settings::Access,
        settings::Tokens>>;

/// The settings of one subject, or all.
template <class T>
[[nodiscard]] const T& part_of(const settings::Settings& settings);
template <>
const settings::Settings& part_of(const settings::Settings& settings);
template <>
const settings::Instance& part_of(const settings::Settings& settings);
template <>
const settings::Features& part_of(const settings::Settings& settings);
template <>
const settings::Kas& part_of(const settings::Settings& settings);
template <>
const settings::Billing& part_of(const settings::Settings& settings);
template <>
const settings::Access& part_of(const settings::Settings& settings);
template <>
const settings::Tokens& part_of(const settings::Settings& settings);

/// The dependency `T` of a handler, taken from the scope. Stores are made on the spot: they hold
/// nothing but the session.
template <class T>
class Dependency {
public:
    explicit Dependency(Scope& scope) : value_(find(scope)) {}
    [[nodiscard]] auto& get() { return value_; }

private:
    static decltype(auto) find(Scope& scope) {
        if constexpr (std::same_as<T, Clock>) {
            return (scope.thread.services.clock);
        } else if constexpr (std::same_as<T, auth::GitalyTokens>) {
            return (scope.thread.services.gitaly_tokens);
        } else if constexpr (std::same_as<T, RateLimiter>) {
            return (scope.thread.services.rate_limiter);
        } else if constexpr (kIsPartOfSettings<T>) {
            return part_of<T>(scope.thread.services.settings);
        } else if constexpr (std::same_as<T, auth::DbKeyBase>) {
            return auth::DbKeyBase{scope.thread.services.db_key_base};
        } else if constexpr (std::same_as<T, CorrelationId>) {
            return CorrelationId{scope.correlation_id};
        } else if constexpr (std::same_as<T, RequestUrl>) {
            return RequestUrl{request_url(
                part_of<settings::Instance>(scope.thread.services.settings), scope.path
            )};
        } else if constexpr (std::same_as<T, RequestDocument>) {
            return RequestDocument{scope.document};
        } else if constexpr (std::same_as<T, Preconditions>) {
            return Preconditions{
                scope.request.header("If-Match").value_or(""),
                scope.request.header("If-None-Match").value_or("")};
        } else if constexpr (std::same_as<T, RemoteAddress>) {
            return RemoteAddress{std::string{scope.request.remote_address}};
        } else if constexpr (std::same_as<T, db::Health>) {
            return (scope.thread.services.health);
        } else if constexpr (std::same_as<T, metrics::Registry>) {
            return (scope.thread.services.metrics);
        } else if constexpr (std::same_as<T, db::Session>) {
            return (scope.thread.session);
        } else if constexpr (std::same_as<T, SlowWork>) {
            return SlowWork{scope.thread.lane, scope.slow_lane, scope.is_first_pass};
        } else if constexpr (kIsAlternative<T, auth::Caller>) {
            return (std::get<T>(scope.caller));
        } else if constexpr (std::derived_from<T, SharedPart>) {
            return (shared_part<T>(scope.thread.services));
        } else {
            static_assert(
                std::is_constructible_v<T, db::Session&>,
                "a handler asks for something that a request's scope does not hold"
            );
            return T{scope.thread.session};
        }
    }

    decltype(find(std::declval<Scope&>())) value_;
};

}  // namespace innergate::routing
