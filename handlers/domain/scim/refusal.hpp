// What SCIM's rules refuse, in the words of RFC 7644 section 3.12.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "app/error.hpp"

namespace innergate::handlers::domain::scim {

inline constexpr std::string_view kInvalidFilter = "invalidFilter";
inline constexpr std::string_view kInvalidPath = "invalidPath";
inline constexpr std::string_view kInvalidSyntax = "invalidSyntax";
inline constexpr std::string_view kInvalidValue = "invalidValue";
inline constexpr std::string_view kMutability = "mutability";
inline constexpr std::string_view kNoTarget = "noTarget";
inline constexpr std::string_view kUniqueness = "uniqueness";

/// `scim_type` is one of the constants above; `detail` goes to the client and is never empty.
[[nodiscard]] inline tl::unexpected<Error> refusal(
    ErrorCode code, std::string_view scim_type, std::string detail
) {
    auto refused = failure(code, std::move(detail));
    refused.value().scim_type = scim_type;
    return refused;
}

[[nodiscard]] inline tl::unexpected<Error> bad_request(
    std::string_view scim_type, std::string detail
) {
    return refusal(ErrorCode::bad_request, scim_type, std::move(detail));
}

/// `what`: `User`, `Username`, `Email` or `Extern uid`, as GitLab calls them.
[[nodiscard]] inline tl::unexpected<Error> already_taken(std::string_view what) {
    return refusal(ErrorCode::conflict, kUniqueness, std::string{what} + " has already been taken");
}

}  // namespace innergate::handlers::domain::scim
