#include "app/fastcgi/exchange.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <csignal>
#include <poll.h>
#include <stdexcept>
#include <sys/socket.h>
#include <unistd.h>
#include <utility>

namespace innergate::fastcgi {
namespace {

constexpr int kResponderRole = 1;  // FastCGI specification, section 8

/// FCGX_Init takes over SIGPIPE, SIGTERM and SIGUSR1 where they have no handler. Signals are the
/// main program's, so they are given back. SIGPIPE is ignored, so that writing to a peer that is
/// gone is just an error.
bool initialise_once() {
    struct sigaction terminate {};
    struct sigaction user {};
    ::sigaction(SIGTERM, nullptr, &terminate);
    ::sigaction(SIGUSR1, nullptr, &user);
    if (FCGX_Init() != 0) {
        throw std::runtime_error{"libfcgi could not be initialised"};
    }
    ::sigaction(SIGTERM, &terminate, nullptr);
    ::sigaction(SIGUSR1, &user, nullptr);
    struct sigaction ignore {};
    ignore.sa_handler = SIG_IGN;
    ::sigaction(SIGPIPE, &ignore, nullptr);
    return true;
}

/// Closing with unread bytes resets the connection, and a peer that is still sending its body would
/// lose the answer. So we announce the end, then read on until the peer closes, but not for ever.
void linger(int descriptor) {
    using Clock = std::chrono::steady_clock;
    constexpr std::chrono::seconds kPatience{2};
    const Clock::time_point deadline = Clock::now() + kPatience;
    if (::shutdown(descriptor, SHUT_WR) != 0) {
        return;
    }
    std::array<char, 16384> discarded{};
    for (;;) {
        const auto left =
            std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now());
        pollfd readable{.fd = descriptor, .events = POLLIN, .revents = 0};
        if (left.count() <= 0 || ::poll(&readable, 1, static_cast<int>(left.count())) <= 0 ||
            ::read(descriptor, discarded.data(), discarded.size()) <= 0) {
            return;
        }
    }
}

void put(std::string_view text, FCGX_Stream* stream) {
    constexpr std::size_t kLargestPiece = std::size_t{1} << 30;  // libfcgi counts in int
    while (!text.empty()) {
        const std::string_view piece = text.substr(0, kLargestPiece);
        if (FCGX_PutStr(piece.data(), static_cast<int>(piece.size()), stream) < 0) {
            return;
        }
        text.remove_prefix(piece.size());
    }
}

}  // namespace

void Exchange::initialise_library() {
    static const bool is_initialised = initialise_once();
    static_cast<void>(is_initialised);
}

Exchange::Exchange() {
    // The listening socket is -1, because libfcgi never accepts by itself.
    FCGX_InitRequest(&request_, -1, 0);
}

Exchange::~Exchange() {
    FCGX_Free(&request_, 1);
}

Connection Exchange::receive(int descriptor) {
    request_.ipcFd = descriptor;
    request_.keepConnection = 1;  // or FCGX_Accept_r closes the descriptor before it reads from it
    // A "detached" connection is closed at once. Otherwise libfcgi waits up to two seconds for the
    // peer to close first, and for ever if the peer keeps sending.
    FCGX_Detach(&request_);
    if (FCGX_Accept_r(&request_) != 0) {
        return Connection::closed;
    }
    // A connection that breaks between two parameters is a success to libfcgi. Without this, a
    // request would be served although a part of it, its credentials perhaps, never arrived.
    if (FCGX_GetError(request_.in) != 0) {
        FCGX_Free(&request_, 1);
        return Connection::closed;
    }
    peer_keeps_connection_ = request_.keepConnection != 0;
    return Connection::kept;
}

bool Exchange::is_responder() const {
    return request_.role == kResponderRole;
}

bool Exchange::is_abandoned() const {
    pollfd connection{.fd = request_.ipcFd, .events = 0, .revents = 0};
    return ::poll(&connection, 1, 0) == 1 && (connection.revents & (POLLHUP | POLLERR)) != 0;
}

// NOLINTNEXTLINE(readability-make-member-function-const): it writes, behind a pointer
void Exchange::send(std::string_view head, std::string_view body) {
    put(head, request_.out);
    put(body, request_.out);
}

Connection Exchange::finish(Connection wanted, bool is_drained) {
    // A filter's data stream follows its body and is not read.
    const bool is_at_end = is_drained && is_responder();
    const bool is_kept = wanted == Connection::kept && peer_keeps_connection_ && is_at_end;
    // libfcgi must close only a connection that failed. How any other is closed is decided here.
    request_.keepConnection = 1;
    FCGX_Finish_r(&request_);
    const int descriptor = std::exchange(request_.ipcFd, -1);
    if (descriptor < 0) {
        return Connection::closed;
    }
    if (is_kept) {
        return Connection::kept;
    }
    if (!is_at_end) {
        linger(descriptor);
    }
    ::close(descriptor);
    return Connection::closed;
}

}  // namespace innergate::fastcgi
