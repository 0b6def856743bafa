// Addresses and networks of the internet protocol as texts: one place that reads them.
#pragma once

#include <string_view>

namespace innergate {

/// Whether it is an IPv4 or IPv6 address. One of a link with its interface (fe80::1%eth0) counts
/// too.
[[nodiscard]] bool is_ip_address(std::string_view text);

/// Whether it is an address, or a network such as 192.0.2.0/24, in which set host bits do not
/// matter. It names no interface: the way by which somebody comes is not part of a network.
[[nodiscard]] bool is_ip_range(std::string_view text);

/// False where either text is malformed. An IPv4 address or network that is written as IPv6
/// (::ffff:192.0.2.1) counts as that of IPv4.
[[nodiscard]] bool is_in_ip_range(std::string_view address, std::string_view range);

}  // namespace innergate
