// Gathers a request's parameters from path, body and query into one object.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "app/error.hpp"
#include "app/http/request.hpp"
#include "app/json/value.hpp"
#include "app/routing/route.hpp"
#include "app/settings/limits.hpp"

namespace innergate::routing {

/// Whether the body of a request to this route is parsed.
[[nodiscard]] bool reads_body(const Route& route);

/// The parameters of a query string alone. Errors: as http::parse_urlencoded().
[[nodiscard]] Result<json::Object> query_parameters(
    std::string_view query, const settings::Limits& limits
);

/// Path wins over body, body over query. Reads the body: call it after authentication.
///
/// Bodies: JSON objects, urlencoded and multipart forms. A body that claims to be a form, or
/// nothing, and begins with `{` is tried as JSON first: documented curl lines send JSON without
/// saying so. Errors: bad_request (malformed), payload_too_large, unsupported_media_type.
[[nodiscard]] Result<json::Object> gather_parameters(
    const http::Request& request,
    std::string_view query,
    json::Object path_parameters,
    const settings::Limits& limits
);

/// The first of these parameters that is a text, and not an empty one; empty: none is.
[[nodiscard]] std::string first_text(
    const json::Object& parameters, std::span<const std::string_view> names
);

/// As first_text(), for the body. Of a JSON body nothing else is kept. Empty also for a body that
/// cannot be read.
[[nodiscard]] std::string text_in_body(
    const http::Request& request,
    const settings::Limits& limits,
    std::span<const std::string_view> names
);

/// The JSON object that is the body, of `application/json` or `application/scim+json` (RFC 7644
/// section 3.1) or without a media type. Errors: unsupported_media_type; payload_too_large;
/// bad_request (malformed, no object).
[[nodiscard]] Result<json::Object> read_document(
    const http::Request& request, const settings::Limits& limits
);

}  // namespace innergate::routing
