// What a request asks for, while it is still unread on its connection.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace innergate::fastcgi {

/// The target (`REQUEST_URI`) of the request that has arrived on a connection: whole, without a
/// body, and within the first 16 KiB that wait there. Reads nothing off the connection. Nothing:
/// there is no such request.
[[nodiscard]] std::optional<std::string> peek_target(int descriptor);

/// The same for bytes in hand (FastCGI specification, sections 3.3 and 3.4).
[[nodiscard]] std::optional<std::string> target_of_whole_request(std::string_view bytes);

}  // namespace innergate::fastcgi
