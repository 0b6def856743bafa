// The field `Authorization` (RFC 9110 section 11.6.2).
#pragma once

#include <optional>
#include <string_view>

namespace innergate::http {

/// What stands behind the scheme, whose letters may be of either case; may be empty. Nothing: the
/// field names another scheme.
[[nodiscard]] std::optional<std::string_view> credentials_of(
    std::string_view authorization, std::string_view scheme
);

}  // namespace innergate::http
