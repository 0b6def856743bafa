#include "tests/support/fastcgi_client.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <cerrno>
#include <netinet/in.h>
#include <stdexcept>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <system_error>

#include "app/decimal.hpp"

namespace innergate::support {
namespace {

constexpr std::size_t kHeaderBytes = 8;
constexpr std::uint8_t kRequestId = 1;

char byte_of(std::size_t value, unsigned shift) {
    return static_cast<char>(static_cast<unsigned char>(value >> shift & 0xff));
}

std::size_t number_at(const std::array<char, kHeaderBytes>& header, std::size_t index) {
    const auto high = static_cast<unsigned char>(header.at(index));
    const auto low = static_cast<unsigned char>(header.at(index + 1));
    return static_cast<std::size_t>(high) << 8 | low;
}

std::string encode_length(std::size_t length) {
    if (length < 128) {
        return {byte_of(length, 0)};
    }
    return {
        byte_of(length | 0x8000'0000U, 24),
        byte_of(length, 16),
        byte_of(length, 8),
        byte_of(length, 0)};
}

FastcgiReply parse_reply(std::string_view output) {
    FastcgiReply reply;
    while (!output.empty()) {
        const std::size_t end = output.find("\r\n");
        const std::string_view line = output.substr(0, end);
        output.remove_prefix(end == std::string_view::npos ? output.size() : end + 2);
        if (line.empty()) {
            break;
        }
        const std::size_t colon = line.find(": ");
        if (colon == std::string_view::npos) {
            throw std::runtime_error{"malformed header line: " + std::string{line}};
        }
        reply.headers.emplace_back(line.substr(0, colon), line.substr(colon + 2));
    }
    reply.body = output;
    if (const std::optional<std::string> status = reply.header("Status")) {
        reply.status =
            parse_decimal<int>(status->substr(0, status->find(' '))).value_or(reply.status);
    }
    return reply;
}

Descriptor connected(int family, const sockaddr* address, socklen_t length) {
    Descriptor socket{::socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0)};
    const timeval deadline{.tv_sec = FastcgiClient::kDeadline.count(), .tv_usec = 0};
    ::setsockopt(socket.get(), SOL_SOCKET, SO_RCVTIMEO, &deadline, sizeof(deadline));
    ::setsockopt(socket.get(), SOL_SOCKET, SO_SNDTIMEO, &deadline, sizeof(deadline));
    if (::connect(socket.get(), address, length) != 0) {
        throw std::system_error{errno, std::generic_category(), "connect"};
    }
    return socket;
}

}  // namespace

std::optional<std::string> FastcgiReply::header(std::string_view name) const {
    const auto found = std::ranges::find(headers, name, &FastcgiParams::value_type::first);
    return found == headers.end() ? std::nullopt : std::optional{found->second};
}

std::string encode_record(RecordType type, std::string_view content, std::uint8_t padding) {
    std::string record{
        1,
        static_cast<char>(type),
        0,
        static_cast<char>(kRequestId),
        byte_of(content.size(), 8),
        byte_of(content.size(), 0),
        static_cast<char>(padding),
        0,
    };
    record.append(content);
    record.append(padding, '\0');
    return record;
}

std::string encode_begin(bool keeps_connection, std::uint16_t role) {
    const std::string content{
        byte_of(role, 8),
        byte_of(role, 0),
        static_cast<char>(keeps_connection ? 1 : 0),
        0,
        0,
        0,
        0,
        0};
    return encode_record(RecordType::begin_request, content);
}

std::string encode_param(std::string_view name, std::string_view value) {
    std::string encoded = encode_length(name.size()) + encode_length(value.size());
    encoded.append(name).append(value);
    return encoded;
}

std::string encode_stream(RecordType type, std::string_view content, std::size_t record_bytes) {
    std::string records;
    while (!content.empty()) {
        const std::string_view piece = content.substr(0, record_bytes);
        records += encode_record(type, piece);
        content.remove_prefix(piece.size());
    }
    return records + encode_record(type, {});
}

FastcgiParams params_of(const FastcgiRequest& request) {
    FastcgiParams params{{"REQUEST_METHOD", request.method}, {"REQUEST_URI", request.target}};
    const std::string own_length = request.body.empty() ? "" : std::to_string(request.body.size());
    params.emplace_back("CONTENT_LENGTH", request.content_length.value_or(own_length));
    params.insert(params.end(), request.params.begin(), request.params.end());
    return params;
}

std::string encode(const FastcgiRequest& request) {
    std::string params;
    for (const auto& [name, value] : params_of(request)) {
        params += encode_param(name, value);
    }
    return encode_begin(request.keeps_connection, request.role) +
           encode_stream(RecordType::params, params) +
           encode_stream(RecordType::standard_input, request.body);
}

FastcgiClient::FastcgiClient(Descriptor socket) : socket_(std::move(socket)) {}

FastcgiClient FastcgiClient::connect_unix(const std::string& path) {
    sockaddr_un name{};
    name.sun_family = AF_UNIX;
    path.copy(std::begin(name.sun_path), sizeof(name.sun_path) - 1);
    return FastcgiClient{
        connected(AF_UNIX, reinterpret_cast<const sockaddr*>(&name), sizeof(name))};
}

FastcgiClient FastcgiClient::connect_tcp(const std::string& host, std::uint16_t port) {
    sockaddr_in name{};
    name.sin_family = AF_INET;
    name.sin_port = htons(port);
    ::inet_pton(AF_INET, host.c_str(), &name.sin_addr);
    return FastcgiClient{
        connected(AF_INET, reinterpret_cast<const sockaddr*>(&name), sizeof(name))};
}

bool FastcgiClient::send(std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t count = ::send(socket_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (count < 0) {
            return false;
        }
        bytes.remove_prefix(static_cast<std::size_t>(count));
    }
    return true;
}

void FastcgiClient::finish_sending() {
    ::shutdown(socket_.get(), SHUT_WR);
}

std::optional<FastcgiReply> FastcgiClient::receive() {
    std::string output;
    for (;;) {
        std::array<char, kHeaderBytes> header{};
        if (read_exactly(header.data(), header.size()) != ReadEnd::complete) {
            return std::nullopt;
        }
        const std::size_t content_bytes = number_at(header, 4);
        const std::size_t padding_bytes = static_cast<unsigned char>(header.at(6));
        std::string content(content_bytes + padding_bytes, '\0');
        if (read_exactly(content.data(), content.size()) != ReadEnd::complete) {
            return std::nullopt;
        }
        const auto type = static_cast<RecordType>(header.at(1));
        if (type == RecordType::standard_output) {
            output.append(content, 0, content_bytes);
        } else if (type == RecordType::end_request) {
            return parse_reply(output);
        }
    }
}

std::optional<FastcgiReply> FastcgiClient::exchange(const FastcgiRequest& request) {
    return send(request) ? receive() : std::nullopt;
}

bool FastcgiClient::is_closed_by_server() {
    char byte = 0;
    return read_exactly(&byte, 1) == ReadEnd::closed;
}

FastcgiClient::ReadEnd FastcgiClient::read_exactly(char* target, std::size_t size) {
    while (size > 0) {
        const ssize_t count = ::recv(socket_.get(), target, size, 0);
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count == 0 || (count < 0 && errno == ECONNRESET)) {
            return ReadEnd::closed;
        }
        if (count < 0) {
            return ReadEnd::timed_out;
        }
        target += count;
        size -= static_cast<std::size_t>(count);
    }
    return ReadEnd::complete;
}

}  // namespace innergate::support
