// Whether a text says anything.
#pragma once

#include <string_view>

namespace innergate {

/// Empty, or nothing but white space.
[[nodiscard]] constexpr bool is_blank(std::string_view text) {
    return text.find_first_not_of(" \t\n\v\f\r") == std::string_view::npos;
}

/// Without the white space at both ends.
[[nodiscard]] constexpr std::string_view stripped(std::string_view text) {
    constexpr std::string_view kWhiteSpace = " \t\n\v\f\r";
    const std::size_t first = text.find_first_not_of(kWhiteSpace);
    if (first == std::string_view::npos) {
        return {};
    }
    return text.substr(first, text.find_last_not_of(kWhiteSpace) - first + 1);
}

}  // namespace innergate
