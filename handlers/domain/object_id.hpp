// Ids of Git objects as text.
#pragma once

#include <cstddef>
#include <string_view>

namespace innergate::handlers::domain {

/// A whole SHA-1 or SHA-256 in hexadecimal.
[[nodiscard]] inline bool is_object_id(std::string_view text) {
    constexpr std::size_t kSha1Digits = 40;
    constexpr std::size_t kSha256Digits = 64;
    return (text.size() == kSha1Digits || text.size() == kSha256Digits) &&
           text.find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos;
}

/// Whether the id stands for no object, as for a ref that is made or deleted.
[[nodiscard]] inline bool is_zero_id(std::string_view object_id) {
    return object_id.find_first_not_of('0') == std::string_view::npos;
}

}  // namespace innergate::handlers::domain
