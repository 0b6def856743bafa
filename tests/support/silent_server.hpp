// A database server that cannot be told from one behind a broken network.
#pragma once

#include <arpa/inet.h>
#include <cerrno>
#include <netinet/in.h>
#include <string>
#include <sys/socket.h>
#include <system_error>
#include <unistd.h>

#include <fmt/format.h>

namespace innergate::test {

/// Takes connections and never says a word, as a host behind a broken network does.
class SilentServer {
public:
    SilentServer() : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t length = sizeof address;
        auto* const generic = reinterpret_cast<sockaddr*>(&address);
        if (::bind(socket_, generic, length) != 0 || ::listen(socket_, 16) != 0 ||
            ::getsockname(socket_, generic, &length) != 0) {
            throw std::system_error{errno, std::generic_category(), "silent server"};
        }
        port_ = ntohs(address.sin_port);
    }
    SilentServer(const SilentServer&) = delete;
    SilentServer& operator=(const SilentServer&) = delete;
    ~SilentServer() { ::close(socket_); }

    [[nodiscard]] std::string url() const {
        return fmt::format("postgresql://nobody:planted-password@127.0.0.1:{}/none", port_);
    }

private:
    int socket_;
    int port_ = 0;
};

}  // namespace innergate::test
