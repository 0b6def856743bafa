// Tokens that stand among the parameters, where the header fields carry none.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "app/http/request.hpp"
#include "app/settings/limits.hpp"

namespace innergate::handlers::policies {

/// The first of these parameters of the query that is a text and not empty. Empty: there is none,
/// or the query cannot be read. An admitted caller is told of that later.
[[nodiscard]] std::string token_from_query(
    const http::Request& request,
    const settings::Limits& limits,
    std::span<const std::string_view> names
);

/// As token_from_query(), for the body. At most 64 KiB of it are read, as a stranger sends it.
[[nodiscard]] std::string token_from_body(
    const http::Request& request,
    const settings::Limits& limits,
    std::span<const std::string_view> names
);

}  // namespace innergate::handlers::policies
