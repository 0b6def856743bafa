// Addresses and networks of the internet protocol as texts: one place that reads them.
#pragma once

#include <string_view>

namespace innergate {

/// IPv4 or IPv6. An address of a link with its interface (fe80::1%eth0) is one too.
[[nodiscard]] bool is_ip_address(std::string_view text);

/// An address, or a network such as 192.0.2.0/24, of which set host bits do not count. Without an
/// interface: through which one somebody comes is not part of a network.
[[nodiscard]] bool is_ip_range(std::string_view text);

/// False where either is not what it should be. An IPv4 address or network that is written as IPv6
/// (::ffff:192.0.2.1) is that of IPv4.
[[nodiscard]] bool is_in_ip_range(std::string_view address, std::string_view range);

}  // namespace innergate
