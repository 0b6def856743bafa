// From FastCGI parameters (CGI meta-variables, RFC 3875 section 4.1) to an http::Request.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include <tl/expected.hpp>

#include "app/fastcgi/refusals.hpp"
#include "app/http/request.hpp"
#include "app/settings/limits.hpp"

namespace innergate::fastcgi {

struct ParsedRequest {
    http::Request request;  ///< without body; views point into the parameters
    std::optional<std::size_t> content_length;
};

/// `params` is a null-terminated array of `NAME=value` strings. `fields` is emptied, then receives
/// the header fields the request refers to; it is the caller's so that its memory serves the next
/// request too.
///
/// An empty value counts as absent (RFC 3875 section 4.1). A method, target or content length given
/// twice with differing values is refused: a front end is configured by mistake, and it would be
/// unsafe to guess which of the values it checked.
[[nodiscard]] tl::expected<ParsedRequest, Refusal> parse_params(
    const char* const* params,
    const settings::Limits& limits,
    std::vector<http::HeaderField>& fields
);

}  // namespace innergate::fastcgi
