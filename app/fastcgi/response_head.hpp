// The head of an answer in CGI form (RFC 3875 section 6): status and header fields, up to the blank
// line.
#pragma once

#include <string>

#include "app/http/response.hpp"

namespace innergate::fastcgi {

/// Appends the head to `out`.
///
/// No data can add a header field or end the head early: CR, LF and NUL in a value become spaces, a
/// field whose name has anything but letters, digits, `-` and `_` is dropped, and so are fields
/// written here from the response's other members (Status, Content-Type, Content-Length).
void append_head(std::string& out, const http::Response& response);

}  // namespace innergate::fastcgi
