// What a request can be refused with, as a value. Faults of the world (database gone, disk full)
// are exceptions and live where they arise.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <tl/expected.hpp>

namespace innergate {

enum class ErrorCode {
    bad_request,
    unauthorized,
    payment_required,
    forbidden,
    not_found,
    method_not_allowed,
    conflict,
    precondition_failed,
    payload_too_large,
    unsupported_media_type,
    unprocessable,
    too_many_requests,
    not_implemented,
    internal,
    unavailable,
};

/// Which JSON member carries the text: GitLab's API answers with `message`, its parameter
/// validation and its routing answer with `error`. Clients read one or the other.
enum class ErrorKey { message, error };

/// What is wrong with one column of a record: `seats` `can't be blank`.
struct ColumnFaults {
    std::string column;
    std::vector<std::string> texts;

    friend bool operator==(const ColumnFaults&, const ColumnFaults&) = default;
};

struct Error {
    ErrorCode code;
    std::string message;     ///< goes on the wire
    std::string log_detail;  ///< goes to the log only: which check refused, never a secret
    ErrorKey key = ErrorKey::message;
    std::string error_description;  ///< RFC 6750 section 3; empty: not a bearer-token error
    std::string scope;              ///< RFC 6750 section 3, with insufficient_scope only
    std::string allow;              ///< value of the `Allow` header field, with 405 only
    std::string_view
        scim_type;  ///< a constant of RFC 7644 section 3.12, where it has a word for it
    /// When not empty, replaces `message` on the wire: `{"message":{"seats":["can't be blank"]}}`.
    std::vector<ColumnFaults> columns;
};

template <class T>
using Result = tl::expected<T, Error>;

/// `return failure(ErrorCode::not_found, "404 Key Not Found");`
[[nodiscard]] inline tl::unexpected<Error> failure(
    ErrorCode code, std::string message, std::string log_detail = {}
) {
    return tl::unexpected<Error>{Error{
        .code = code,
        .message = std::move(message),
        .log_detail = std::move(log_detail),
        .key = ErrorKey::message,
        .error_description = {},
        .scope = {},
        .allow = {},
        .scim_type = {},
        .columns = {},
    }};
}

/// As failure(), for texts that GitLab sends under `error` (parameter validation, routing).
[[nodiscard]] inline tl::unexpected<Error> request_failure(
    ErrorCode code, std::string message, std::string log_detail = {}
) {
    tl::unexpected<Error> error = failure(code, std::move(message), std::move(log_detail));
    error.value().key = ErrorKey::error;
    return error;
}

/// A record that cannot be saved as it is, as Rails tells it.
[[nodiscard]] inline tl::unexpected<Error> record_failure(std::vector<ColumnFaults> columns) {
    tl::unexpected<Error> error = failure(ErrorCode::bad_request, {}, "record");
    error.value().columns = std::move(columns);
    return error;
}

}  // namespace innergate
