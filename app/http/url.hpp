// Request targets: splitting the raw path, percent-decoding. Nothing here trusts what nginx
// decoded.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "app/error.hpp"

namespace innergate::http {

enum class PlusSign { literal, space };

/// Appends the decoded text to `out`. False when an escape is broken, or the text would hold a NUL
/// or invalid UTF-8: no database column and no log line takes those.
[[nodiscard]] bool append_percent_decoded(std::string_view text, PlusSign plus, std::string& out);

/// Percent-encodes all but RFC 3986 section 2.3 unreserved characters.
[[nodiscard]] std::string percent_encoded(std::string_view text);

/// `https://gitlab.example.com:8443/git` is `gitlab.example.com`; an IPv6 address keeps its
/// brackets.
[[nodiscard]] std::string_view host_of(std::string_view url);

struct Target {
    std::string_view path;
    std::string_view query;  ///< without '?'
};

/// Cuts a raw request target at its first '?'. An absolute-form target (RFC 9112 section 3.2.2)
/// loses scheme and authority.
[[nodiscard]] Target split_target(std::string_view target);

/// The decoded segments of a raw path. Split first, decoded after, so that `group%2Fsub` stays one
/// segment. Repeated and trailing slashes are ignored: Gitaly sends `//api/v4/…` when its base URL
/// ends in a slash, kas sends a trailing one.
class PathSegments {
public:
    static constexpr std::size_t kMaxSegments = 32;

    /// Errors: bad_request for a broken escape, NUL or invalid UTF-8; not_found for `.` and `..`
    /// segments, encoded or not (nginx resolved them when it chose this pool, so the two would
    /// disagree about the path), and for more than kMaxSegments.
    [[nodiscard]] static Result<PathSegments> parse(std::string_view path);

    [[nodiscard]] std::size_t size() const { return count_; }
    [[nodiscard]] std::string_view operator[](std::size_t index) const;

private:
    struct Range {
        std::size_t begin = 0;
        std::size_t length = 0;
    };

    std::string decoded_;
    std::array<Range, kMaxSegments> ranges_{};
    std::size_t count_ = 0;
};

}  // namespace innergate::http
