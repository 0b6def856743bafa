// Characters of ASCII by their kind, and letters regardless of case. The locale does not matter:
// protocols compare names in this way.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

namespace innergate::ascii {

[[nodiscard]] constexpr bool is_digit(char character) {
    return character >= '0' && character <= '9';
}

[[nodiscard]] constexpr bool is_letter(char character) {
    return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z');
}

[[nodiscard]] constexpr bool is_letter_or_digit(char character) {
    return is_letter(character) || is_digit(character);
}

/// At least one digit and nothing else.
[[nodiscard]] constexpr bool is_digits(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, is_digit);
}

/// Whether the text has only letters, digits and `others`; true for the empty text.
[[nodiscard]] constexpr bool has_only_letters_digits_and(
    std::string_view others, std::string_view text
) {
    return std::ranges::all_of(text, [others](char character) {
        return is_letter_or_digit(character) || others.find(character) != std::string_view::npos;
    });
}

[[nodiscard]] constexpr char lower(char character) {
    return character >= 'A' && character <= 'Z' ? static_cast<char>(character - 'A' + 'a')
                                                : character;
}

[[nodiscard]] constexpr char upper(char character) {
    return character >= 'a' && character <= 'z' ? static_cast<char>(character - 'a' + 'A')
                                                : character;
}

[[nodiscard]] inline std::string lower(std::string_view text) {
    std::string folded{text};
    std::ranges::transform(folded, folded.begin(), [](char character) { return lower(character); });
    return folded;
}

[[nodiscard]] inline std::string upper(std::string_view text) {
    std::string folded{text};
    std::ranges::transform(folded, folded.begin(), [](char character) { return upper(character); });
    return folded;
}

[[nodiscard]] constexpr bool equal_ignoring_case(std::string_view left, std::string_view right) {
    return std::ranges::equal(left, right, [](char one, char other) {
        return lower(one) == lower(other);
    });
}

}  // namespace innergate::ascii
