// Whether a text says anything, and what it says without the blanks around it.
#pragma once

#include <string_view>

namespace innergate {

inline constexpr std::string_view kWhiteSpace = " \t\n\v\f\r";

/// Empty, or nothing but white space.
[[nodiscard]] constexpr bool is_blank(std::string_view text) {
    return text.find_first_not_of(kWhiteSpace) == std::string_view::npos;
}

/// Without the blanks at both ends; `blanks` are the characters that a format takes for blanks.
[[nodiscard]] constexpr std::string_view stripped(
    std::string_view text, std::string_view blanks = kWhiteSpace
) {
    const std::size_t first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos) {
        return {};
    }
    return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

}  // namespace innergate
