// One HTTP request as the application sees it: plain values, no FastCGI.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

#include "app/error.hpp"

namespace innergate::http {

enum class Method { get, head, post, put, patch, delete_, options, other };

/// The method's name as it stands on the request line; `other` has none.
[[nodiscard]] std::string_view to_string(Method method);
[[nodiscard]] Method method_from(std::string_view name);

/// A header field. `name` may be spelled as in HTTP (`X-Request-Id`) or as a CGI variable without
/// its `HTTP_` prefix (`X_REQUEST_ID`, RFC 3875 section 4.1.18); both compare equal.
struct HeaderField {
    std::string_view name;
    std::string_view value;
};

/// Case-insensitive, with `-` and `_` alike.
[[nodiscard]] bool same_field_name(std::string_view left, std::string_view right);

/// Where the body comes from. Read late: after authentication, unless a token may stand in it.
class BodySource {
public:
    virtual ~BodySource() = default;

    /// The whole body, valid as long as the request. Asked again, it answers the same.
    /// Errors: payload_too_large when it is longer than `max_bytes`; bad_request when it ends
    /// before the announced Content-Length.
    [[nodiscard]] virtual Result<std::string_view> read(std::size_t max_bytes) = 0;

protected:
    BodySource() = default;
    BodySource(const BodySource&) = default;
    BodySource& operator=(const BodySource&) = default;
};

/// All views live as long as the request is being answered.
struct Request {
    Method method = Method::other;
    std::string_view method_name;
    std::string_view
        target;  ///< raw request target, as on the request line: path and query, undecoded
    std::string_view content_type;
    std::string_view remote_address;
    std::span<const HeaderField> headers;
    BodySource* body = nullptr;      ///< not owned; null: no body
    std::size_t content_length = 0;  ///< as announced; 0: it was not, or there is no body
    /// It has waited so long for a thread that nothing more is done for it but to answer 503.
    bool is_late = false;

    /// Value of the first field of that name.
    [[nodiscard]] std::optional<std::string_view> header(std::string_view name) const;

    /// As header(), but nothing when the field is repeated with differing values: a credential sent
    /// twice is ambiguous, and what a proxy in front looked at may not be what we look at.
    [[nodiscard]] std::optional<std::string_view> single_header(std::string_view name) const;
};

}  // namespace innergate::http
