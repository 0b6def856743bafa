// Letters of ASCII without their case: for names that protocols compare so, whatever the locale.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

namespace innergate::ascii {

[[nodiscard]] constexpr char lower(char character) {
    return character >= 'A' && character <= 'Z' ? static_cast<char>(character - 'A' + 'a')
                                                : character;
}

[[nodiscard]] inline std::string lower(std::string_view text) {
    std::string folded{text};
    std::ranges::transform(folded, folded.begin(), [](char character) { return lower(character); });
    return folded;
}

[[nodiscard]] constexpr bool equal_ignoring_case(std::string_view left, std::string_view right) {
    return std::ranges::equal(left, right, [](char one, char other) {
        return lower(one) == lower(other);
    });
}

}  // namespace innergate::ascii
