// The length of texts as people count it.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace innergate {

/// Whether a byte of UTF-8 is the first of a character, not one that continues it.
[[nodiscard]] constexpr bool begins_character(char byte) {
    constexpr unsigned kMask = 0xC0U;
    constexpr unsigned kContinuation = 0x80U;
    return (static_cast<unsigned char>(byte) & kMask) != kContinuation;
}

/// The number of code points, which limits of texts count, and databases too. `text` must be valid
/// UTF-8, as everything in a request is.
[[nodiscard]] constexpr std::size_t count_characters(std::string_view text) {
    return static_cast<std::size_t>(std::ranges::count_if(text, begins_character));
}

/// The first `count` code points, or the whole text when it has fewer.
[[nodiscard]] constexpr std::string_view first_characters(
    std::string_view text, std::size_t count
) {
    std::size_t seen = 0;
    const auto end = std::ranges::find_if(text, [&seen, count](char byte) {
        return begins_character(byte) && ++seen > count;
    });
    return text.substr(0, static_cast<std::size_t>(end - text.begin()));
}

}  // namespace innergate
