#include "app/ip_range.hpp"

#include <optional>
#include <variant>

#include <boost/asio/ip/address.hpp>
#include <boost/asio/ip/network_v4.hpp>
#include <boost/asio/ip/network_v6.hpp>

namespace innergate {
namespace {

namespace ip = boost::asio::ip;

constexpr unsigned short kMappedPrefix = 96;

using Network = std::variant<ip::network_v4, ip::network_v6>;

std::optional<ip::address> parse_address(std::string_view text) {
    boost::system::error_code fault;
    const ip::address address = ip::make_address(text, fault);
    if (fault) {
        return std::nullopt;
    }
    if (address.is_v6() && address.to_v6().is_v4_mapped()) {
        return ip::address{ip::make_address_v4(ip::v4_mapped, address.to_v6())};
    }
    return address;
}

std::optional<Network> parse_network(std::string_view text) {
    boost::system::error_code fault;
    if (const ip::network_v4 network = ip::make_network_v4(text, fault); !fault) {
        return network.canonical();
    }
    const ip::network_v6 network = ip::make_network_v6(text, fault);
    if (fault) {
        return std::nullopt;
    }
    if (network.address().is_v4_mapped() && network.prefix_length() >= kMappedPrefix) {
        return ip::network_v4{
            ip::make_address_v4(ip::v4_mapped, network.address()),
            static_cast<unsigned short>(network.prefix_length() - kMappedPrefix)}
            .canonical();
    }
    return network.canonical();
}

bool is_in_network(const ip::address& address, const Network& network) {
    if (const auto* const v4 = std::get_if<ip::network_v4>(&network)) {
        return address.is_v4() &&
               ip::network_v4{address.to_v4(), v4->prefix_length()}.canonical() == *v4;
    }
    const auto& v6 = std::get<ip::network_v6>(network);
    if (!address.is_v6()) {
        return false;
    }
    // Which interface an address is reached through (fe80::1%eth0) is not part of the network.
    const ip::address_v6 bare{address.to_v6().to_bytes()};
    return ip::network_v6{bare, v6.prefix_length()}.canonical() == v6;
}

}  // namespace

bool is_ip_address(std::string_view text) {
    return parse_address(text).has_value();
}

bool is_ip_range(std::string_view text) {
    if (text.find('%') != std::string_view::npos) {
        return false;
    }
    return text.find('/') == std::string_view::npos ? parse_address(text).has_value()
                                                    : parse_network(text).has_value();
}

bool is_in_ip_range(std::string_view address, std::string_view range) {
    const auto parsed = parse_address(address);
    if (!parsed) {
        return false;
    }
    if (range.find('/') == std::string_view::npos) {
        return parse_address(range) == parsed;
    }
    const auto network = parse_network(range);
    return network && is_in_network(*parsed, *network);
}

}  // namespace innergate
