// One GET request as a client on this host sends it, by libcurl.
#pragma once

#include <string>

#include <tl/expected.hpp>

namespace innergate::admin::doctor {

/// The status of the answer; redirections are not followed, proxies not used. `header` is a field
/// `Name: value` to send, or empty. Errors: libcurl's reason.
[[nodiscard]] tl::expected<long, std::string> http_get_status(
    const std::string& url, const std::string& header
);

}  // namespace innergate::admin::doctor
