// Settings: how large a request may be.
#pragma once

#include <chrono>
#include <cstddef>

namespace innergate::settings {

struct Limits {
    std::size_t max_body_bytes = std::size_t{64} * 1024 * 1024;
    std::size_t max_header_fields = 100;
    std::size_t max_parameter_bytes = std::size_t{64} * 1024;  ///< all FastCGI parameters together
    std::size_t max_target_bytes = std::size_t{16} * 1024;
    std::size_t max_parameters = 10'000;
    std::size_t max_json_depth = 64;
    std::chrono::seconds io_timeout{30};  ///< a peer silent for so long loses its connection
};

}  // namespace innergate::settings
