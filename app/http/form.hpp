// Parameters as text: query strings, urlencoded forms and multipart forms, with Rack's nesting
// (`a[b]=1`, `scopes[]=x`, `packs[][n]=1`).
#pragma once

#include <cstddef>
#include <string_view>

#include "app/error.hpp"
#include "app/json/value.hpp"

namespace innergate::http {

struct FormLimits {
    std::size_t max_parameters = 10'000;
    std::size_t max_depth = 32;
};

/// Parses `a=1&b[]=2` into `into`, which is empty; a later value replaces an earlier one of the
/// same name. Empty pairs are skipped. Errors (bad_request): broken escape, NUL, invalid UTF-8,
/// over a limit, or one name used as a value and as a container.
[[nodiscard]] Result<void> parse_urlencoded(
    std::string_view text, const FormLimits& limits, json::Object& into
);

/// Parses a multipart/form-data body (RFC 7578) into `into`, which is empty. A part with a file
/// name is taken like any other. Errors (bad_request): no boundary, broken framing, and those of
/// parse_urlencoded().
[[nodiscard]] Result<void> parse_multipart(
    std::string_view body,
    std::string_view content_type,
    const FormLimits& limits,
    json::Object& into
);

}  // namespace innergate::http
