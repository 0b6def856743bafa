// A request's body, read from the FastCGI STDIN stream when somebody asks for it.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include <fcgiapp.h>

#include "app/http/request.hpp"

namespace innergate::fastcgi {

/// The buffer serves request after request.
class BodyReader final : public http::BodySource {
public:
    /// Begins a request whose body is still unread in `stream`.
    void begin(FCGX_Stream* stream, std::size_t max_body_bytes);

    void announce(std::optional<std::size_t> content_length) { content_length_ = content_length; }

    /// As http::BodySource::read(); a body longer than announced is refused as bad_request too. The
    /// body is read once and then remembered: later calls answer the same, also with a lower limit.
    [[nodiscard]] Result<std::string_view> read(std::size_t max_bytes) override;

    /// Reads what is left of the request. Left unread, it would break the next request on the
    /// connection: libfcgi throws its read buffer away when a request is finished, and parses the
    /// rest as a new request. That includes the empty record at the end of every body, so a GET
    /// must be drained too.
    ///
    /// Gives up after kMaxDrainBytes; returns whether the end was reached.
    [[nodiscard]] bool drain();

    /// Takes all that is left of the request from its connection; the body is remembered for
    /// read(), whether or not anybody has asked for it.
    void retain();

    /// Reading on costs less than a new connection up to about this size.
    static constexpr std::size_t kMaxDrainBytes = std::size_t{1024} * 1024;

private:
    [[nodiscard]] Result<std::string_view> read_all(std::size_t max_bytes);

    FCGX_Stream* stream_ = nullptr;
    std::size_t max_body_bytes_ = 0;
    std::optional<std::size_t> content_length_;
    std::optional<Result<std::string_view>> result_;
    std::string buffer_;
    std::array<char, 8192> discarded_{};  ///< a member, so that it is not cleared for every request
};

}  // namespace innergate::fastcgi
