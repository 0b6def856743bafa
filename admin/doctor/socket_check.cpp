#include "admin/doctor/socket_check.hpp"

#include <string_view>
#include <sys/stat.h>

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <fmt/format.h>

#include "app/settings/settings.hpp"

namespace innergate::admin::doctor {
namespace {

namespace asio = boost::asio;

constexpr std::string_view kUnixPrefix = "unix:";

/// Succeeds if somebody listens.
boost::system::error_code try_unix(const std::string& path) {
    asio::io_context context;
    asio::local::stream_protocol::socket socket{context};
    boost::system::error_code error;
    socket.connect(asio::local::stream_protocol::endpoint{path}, error);
    return error;
}

boost::system::error_code try_tcp(std::string_view address) {
    const std::size_t colon = address.rfind(':');
    std::string_view host = address.substr(0, colon);
    if (host.starts_with('[') && host.ends_with(']')) {
        host = host.substr(1, host.size() - 2);
    }
    asio::io_context context;
    asio::ip::tcp::resolver resolver{context};
    asio::ip::tcp::socket socket{context};
    boost::system::error_code error;
    const auto endpoints =
        resolver.resolve(std::string{host}, std::string{address.substr(colon + 1)}, error);
    if (!error) {
        asio::connect(socket, endpoints, error);
    }
    return error;
}

Finding check_file(
    const std::string& name, const std::string& path, const std::string& how_to_start
) {
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0) {
        return failed(fmt::format("{}: there is no socket {}", name, path), how_to_start);
    }
    if (!S_ISSOCK(status.st_mode)) {
        return failed(
            fmt::format("{}: {} is no socket", name, path), "remove it, then " + how_to_start
        );
    }
    const auto error = try_unix(path);
    if (error == boost::system::errc::permission_denied) {
        // As it should be: the socket is for nginx's workers.
        return warning(
            fmt::format("{}: you may not connect to {}", name, path), "run this as root"
        );
    }
    if (error) {
        return failed(
            fmt::format("{}: cannot connect to {}: {}", name, path, error.message()), how_to_start
        );
    }
    if ((status.st_mode & (S_IROTH | S_IWOTH)) != 0) {
        return warning(
            fmt::format("{}: {} is open to every user of this host", name, path),
            fmt::format("chmod 0660 {}, with the group of nginx's workers", path)
        );
    }
    return good(fmt::format("{}: {} takes connections", name, path));
}

Finding check_socket(const settings::Settings& settings, settings::PoolName pool) {
    const std::string pool_name{settings::to_string(pool)};
    const std::string name = fmt::format("pool {}", pool_name);
    const std::string address = listen_address(settings, pool);
    const std::string how_to_start =
        settings.pools.at(pool).listen.empty()
            ? fmt::format("systemctl enable --now innergate@{}.socket", pool_name)
            : fmt::format("start innergate-pool --pool {}", pool_name);
    if (address.starts_with(kUnixPrefix)) {
        return check_file(name, address.substr(kUnixPrefix.size()), how_to_start);
    }
    if (const auto error = try_tcp(address)) {
        return failed(
            fmt::format("{}: cannot connect to {}: {}", name, address, error.message()),
            how_to_start
        );
    }
    return good(fmt::format("{}: {} takes connections", name, address));
}

}  // namespace

std::string listen_address(const settings::Settings& settings, settings::PoolName pool) {
    const std::string& listen = settings.pools.at(pool).listen;
    return listen.empty() ? fmt::format("unix:/run/innergate/{}.sock", settings::to_string(pool))
                          : listen;
}

Findings check_sockets(const settings::Settings& settings) {
    return {
        check_socket(settings, settings::PoolName::internal),
        check_socket(settings, settings::PoolName::public_)};
}

}  // namespace innergate::admin::doctor
