#include "handlers/domain/git_access/ip_allow_list.hpp"

#include <algorithm>
#include <string_view>

#include <boost/asio/ip/address.hpp>
#include <boost/asio/ip/network_v4.hpp>
#include <boost/asio/ip/network_v6.hpp>

namespace innergate::handlers::domain::git_access {
namespace {

namespace ip = boost::asio::ip;

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

bool is_in_network(const ip::address& address, std::string_view range) {
    boost::system::error_code fault;
    if (address.is_v4()) {
        const ip::network_v4 network = ip::make_network_v4(range, fault);
        return !fault && ip::network_v4{address.to_v4(), network.prefix_length()}.canonical() ==
                             network.canonical();
    }
    // Which interface an address is reached through (fe80::1%eth0) is not part of the network.
    const ip::address_v6 bare{address.to_v6().to_bytes()};
    const ip::network_v6 network = ip::make_network_v6(range, fault);
    return !fault &&
           ip::network_v6{bare, network.prefix_length()}.canonical() == network.canonical();
}

bool is_in_range(const ip::address& address, std::string_view range) {
    if (range.find('/') == std::string_view::npos) {
        return parse_address(range) == address;
    }
    return is_in_network(address, range);
}

}  // namespace

bool is_address_admitted(
    std::span<const std::vector<std::string>> groups, const std::optional<std::string>& address
) {
    if (groups.empty() || !address) {
        return true;
    }
    const auto parsed = parse_address(*address);
    return parsed && std::ranges::all_of(groups, [&parsed](const auto& ranges) {
               return std::ranges::any_of(ranges, [&parsed](const std::string& range) {
                   return is_in_range(*parsed, range);
               });
           });
}

}  // namespace innergate::handlers::domain::git_access
