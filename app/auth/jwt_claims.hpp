// What the two JSON objects of a token say, read without a tree.
#pragma once

#include <chrono>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

#include <tl/expected.hpp>

#include "app/clock.hpp"
#include "app/json/reader.hpp"

namespace innergate::auth {

/// Header and claims that are nested more deeply are refused.
inline constexpr json::ReadLimits kJwtLimits{.max_depth = 8};

struct JwtHeaderMembers {
    bool is_hs256 = false;
    bool has_critical = false;  ///< `crit` (RFC 7515, section 4.1.11), whatever it holds
};

/// Nothing: the text is no object. Of a repeated member the last one counts.
[[nodiscard]] std::optional<JwtHeaderMembers> read_jwt_header(std::string_view object);

/// When a token is good, in seconds since 1970. A missing claim sets no bound. A claim that is no
/// number sets a bound that no time keeps.
struct JwtTimes {
    double expires = std::numeric_limits<double>::infinity();
    double starts = -std::numeric_limits<double>::infinity();
};

/// What claims say to somebody who expects one issuer and one audience.
struct JwtClaims {
    bool is_from_issuer = false;   ///< `iss` is that issuer, exactly
    bool is_for_audience = false;  ///< `aud` is that audience, or has it (RFC 7519, section 4.1.3)
    JwtTimes times;                ///< `exp` and `nbf`
};

/// Nothing: the text is no object. Of a repeated claim the last one counts.
[[nodiscard]] std::optional<JwtClaims> read_jwt_claims(
    std::string_view object, std::string_view issuer, std::string_view audience
);

/// Errors: which of the two bounds is not kept, give or take the leeway.
[[nodiscard]] tl::expected<void, std::string> check_times(
    const JwtTimes& times, Timestamp now, std::chrono::seconds leeway
);

}  // namespace innergate::auth
