// A FastCGI client that builds its records by hand, so that tests can send what no web server
// would.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/descriptor.hpp"

namespace innergate::support {

using FastcgiParams = std::vector<std::pair<std::string, std::string>>;

enum class RecordType : std::uint8_t {
    begin_request = 1,
    abort_request = 2,
    end_request = 3,
    params = 4,
    standard_input = 5,
    standard_output = 6,
    standard_error = 7,
    data = 8,
    get_values = 9,
};

/// What a web server would send for one HTTP request.
struct FastcgiRequest {
    std::string method = "GET";
    std::string target = "/";
    FastcgiParams params;  ///< besides REQUEST_METHOD, REQUEST_URI and CONTENT_LENGTH
    std::string body;
    std::optional<std::string> content_length;  ///< absent: the body's size, or none without a body
    bool keeps_connection = true;
    std::uint16_t role = 1;
};

struct FastcgiReply {
    int status = 0;
    FastcgiParams headers;  ///< with `Status`, in the order received
    std::string body;

    [[nodiscard]] std::optional<std::string> header(std::string_view name) const;
};

/// One record; `content` has at most 65535 bytes.
[[nodiscard]] std::string encode_record(
    RecordType type, std::string_view content, std::uint8_t padding = 0
);
[[nodiscard]] std::string encode_begin(bool keeps_connection, std::uint16_t role = 1);
[[nodiscard]] std::string encode_param(std::string_view name, std::string_view value);
/// `content` in as many records as it takes, then the empty one that ends the stream.
[[nodiscard]] std::string encode_stream(
    RecordType type, std::string_view content, std::size_t record_bytes = 65'535
);
[[nodiscard]] FastcgiParams params_of(const FastcgiRequest& request);
[[nodiscard]] std::string encode(const FastcgiRequest& request);

class FastcgiClient {
public:
    /// No single read waits longer than this: a test fails, it does not hang.
    static constexpr std::chrono::seconds kDeadline{20};

    [[nodiscard]] static FastcgiClient connect_unix(const std::string& path);
    [[nodiscard]] static FastcgiClient connect_tcp(const std::string& host, std::uint16_t port);

    /// Sends everything; false when the server has closed.
    bool send(std::string_view bytes);
    bool send(const FastcgiRequest& request) { return send(encode(request)); }
    void finish_sending();

    /// Nothing when the connection ends before the answer does.
    [[nodiscard]] std::optional<FastcgiReply> receive();
    [[nodiscard]] std::optional<FastcgiReply> exchange(const FastcgiRequest& request);

    /// Waits for the server to close; false when it sends something or the deadline passes.
    [[nodiscard]] bool is_closed_by_server();

private:
    explicit FastcgiClient(Descriptor socket);

    enum class ReadEnd { complete, closed, timed_out };
    [[nodiscard]] ReadEnd read_exactly(char* target, std::size_t size);

    Descriptor socket_;
};

}  // namespace innergate::support
