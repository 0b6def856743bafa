// The texts of parameter faults, as Grape words them. Clients and people match on them.
#pragma once

#include <string_view>

namespace innergate::params::messages {

inline constexpr std::string_view kMissing = "is missing";
inline constexpr std::string_view kInvalid = "is invalid";
inline constexpr std::string_view kEmpty = "is empty";
inline constexpr std::string_view kNotAValidValue = "does not have a valid value";
inline constexpr std::string_view kExactlyOne =
    "are missing, exactly one parameter must be provided";
inline constexpr std::string_view kMutuallyExclusive = "are mutually exclusive";

/// For fmt, with the limit: a list has more elements than any client has a use for.
inline constexpr std::string_view kTooLong = "is expected to have length less than or equal to {}";

}  // namespace innergate::params::messages
