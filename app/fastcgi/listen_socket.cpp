#include "app/fastcgi/listen_socket.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <memory>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <system_error>

namespace innergate::fastcgi {
namespace {

// If the queue of a unix socket is full, a connect fails at once (nginx answers 502). So the queue
// must hold a burst.
constexpr int kBacklog = 511;
constexpr std::string_view kUnixPrefix = "unix:";

std::string reason(int error_number) {
    return std::generic_category().message(error_number);
}

ListenError failed(std::string_view address, std::string_view step) {
    const int error_number = errno;
    return ListenError{
        "cannot listen on " + std::string{address} + ": " + std::string{step} + ": " +
        reason(error_number)};
}

int socket_option(int descriptor, int name) {
    int value = 0;
    socklen_t length = sizeof(value);
    if (::getsockopt(descriptor, SOL_SOCKET, name, &value, &length) != 0) {
        return -1;
    }
    return value;
}

Descriptor inherited_listener() {
    constexpr int kListenDescriptor = 0;
    const bool is_listening_stream = socket_option(kListenDescriptor, SO_ACCEPTCONN) == 1 &&
                                     socket_option(kListenDescriptor, SO_TYPE) == SOCK_STREAM;
    if (!is_listening_stream) {
        throw ListenError{
            "no listen address is set and descriptor 0 is not a listening socket: start the "
            "program by its "
            "socket unit, or set a listen address"};
    }
    // The copy lies above the standard streams: closing it must not free number 0 for the next file
    // that is opened.
    Descriptor copy{::fcntl(kListenDescriptor, F_DUPFD_CLOEXEC, STDERR_FILENO + 1)};
    const int flags = ::fcntl(kListenDescriptor, F_GETFL);
    if (!copy.is_open() || flags < 0 ||
        ::fcntl(kListenDescriptor, F_SETFL, flags | O_NONBLOCK) != 0) {
        throw failed("descriptor 0", "fcntl");
    }
    return copy;
}

Descriptor new_socket(int family, std::string_view address) {
    Descriptor socket{::socket(family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0)};
    if (!socket.is_open()) {
        throw failed(address, "socket");
    }
    return socket;
}

class ScopedUmask {
public:
    explicit ScopedUmask(mode_t mask) : previous_(::umask(mask)) {}
    ScopedUmask(const ScopedUmask&) = delete;
    ScopedUmask& operator=(const ScopedUmask&) = delete;
    ~ScopedUmask() { ::umask(previous_); }

private:
    mode_t previous_;
};

const sockaddr* generic(const sockaddr_un& address) {
    return reinterpret_cast<const sockaddr*>(&address);
}

/// Makes room for our own socket file. Only a file that nobody answers on is removed: taking the
/// place of a running process would leave it alive and unreachable.
void remove_stale_socket(const sockaddr_un& name, std::string_view address) {
    struct stat status {};
    if (::lstat(name.sun_path, &status) != 0) {
        if (errno == ENOENT) {
            return;
        }
        throw failed(address, "stat");
    }
    if (!S_ISSOCK(status.st_mode)) {
        throw ListenError{
            "cannot listen on " + std::string{address} +
            ": the path exists and is not a socket; remove it or choose another path"};
    }
    const Descriptor probe = new_socket(AF_UNIX, address);
    if (::connect(probe.get(), generic(name), sizeof(name)) == 0 || errno == EAGAIN) {
        // EAGAIN: somebody listens and has a full queue.
        throw ListenError{
            "cannot listen on " + std::string{address} + ": another process already listens there"};
    }
    if (errno != ECONNREFUSED) {
        throw failed(address, "asking whether the socket file is still in use");
    }
    if (::unlink(name.sun_path) != 0 && errno != ENOENT) {
        throw failed(address, "removing the socket file left behind");
    }
}

Descriptor unix_listener(std::string_view address) {
    const std::string_view path = address.substr(kUnixPrefix.size());
    sockaddr_un name{};
    name.sun_family = AF_UNIX;
    if (path.empty()) {
        throw ListenError{"cannot listen on " + std::string{address} + ": the path is empty"};
    }
    if (path.size() >= sizeof(name.sun_path)) {
        throw ListenError{
            "cannot listen on " + std::string{address} + ": the path has " +
            std::to_string(path.size()) + " bytes, a unix socket allows " +
            std::to_string(sizeof(name.sun_path) - 1)};
    }
    std::ranges::copy(path, std::begin(name.sun_path));
    remove_stale_socket(name, address);

    Descriptor socket = new_socket(AF_UNIX, address);
    {
        // Between bind and a later chmod the file would stand open to everybody.
        const ScopedUmask owner_and_group_only{0117};
        if (::bind(socket.get(), generic(name), sizeof(name)) != 0) {
            throw failed(address, "bind");
        }
    }
    if (::listen(socket.get(), kBacklog) != 0) {
        throw failed(address, "listen");
    }
    return socket;
}

struct HostAndPort {
    std::string host;
    std::string port;
};

HostAndPort split(std::string_view address) {
    const std::size_t colon = address.rfind(':');
    std::string_view host = address.substr(0, colon == std::string_view::npos ? 0 : colon);
    const std::string_view port =
        colon == std::string_view::npos ? std::string_view{} : address.substr(colon + 1);
    if (host.size() > 2 && host.front() == '[' && host.back() == ']') {
        host = host.substr(1, host.size() - 2);
    } else if (host.find(':') != std::string_view::npos) {
        host = {};
    }
    if (host.empty() || port.empty()) {
        throw ListenError{
            "cannot listen on " + std::string{address} +
            R"(: expected "unix:PATH", "HOST:PORT" or "[IPV6]:PORT")"};
    }
    return {std::string{host}, std::string{port}};
}

Descriptor tcp_listener(std::string_view address) {
    const auto [host, port] = split(address);
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV;
    addrinfo* found = nullptr;
    const int error = ::getaddrinfo(host.c_str(), port.c_str(), &hints, &found);
    if (error != 0) {
        throw ListenError{
            "cannot listen on " + std::string{address} + ": " + ::gai_strerror(error)};
    }
    const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> addresses{found, &::freeaddrinfo};

    Descriptor socket = new_socket(addresses->ai_family, address);
    const int on = 1;
    // Accepted sockets inherit TCP_NODELAY: an answer of several records must not wait for an ACK.
    if (::setsockopt(socket.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on)) != 0 ||
        ::setsockopt(socket.get(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on)) != 0) {
        throw failed(address, "setsockopt");
    }
    if (::bind(socket.get(), addresses->ai_addr, addresses->ai_addrlen) != 0) {
        throw failed(address, "bind");
    }
    if (::listen(socket.get(), kBacklog) != 0) {
        throw failed(address, "listen");
    }
    return socket;
}

}  // namespace

Descriptor open_listener(std::string_view address) {
    if (address.empty()) {
        return inherited_listener();
    }
    return address.starts_with(kUnixPrefix) ? unix_listener(address) : tcp_listener(address);
}

}  // namespace innergate::fastcgi
