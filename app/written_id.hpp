// Ids as people write them into a path where a name may stand as well.
#pragma once

#include <algorithm>
#include <charconv>
#include <optional>
#include <string_view>
#include <system_error>

namespace innergate {

/// Digits, with a minus before them or not. Nothing: no number, so a name. A number too large for
/// an id is the id of nothing. As GitLab tells ids from names.
template <class IdType>
[[nodiscard]] std::optional<IdType> parse_written_id(std::string_view text) {
    const std::string_view digits = text.starts_with('-') ? text.substr(1) : text;
    const auto is_digit = [](char character) { return character >= '0' && character <= '9'; };
    if (digits.empty() || !std::ranges::all_of(digits, is_digit)) {
        return std::nullopt;
    }
    IdType id;
    const auto parsed = std::from_chars(text.data(), text.data() + text.size(), id.value);
    return parsed.ec == std::errc{} ? id : IdType::none();
}

}  // namespace innergate
