// Numbers as texts write them.
#pragma once

#include <charconv>
#include <optional>
#include <string_view>
#include <system_error>

namespace innergate {

/// The number that the whole text says in decimal digits, with a minus before them where `Number`
/// has a sign. Nothing: the text has another form, or the number does not fit.
template <class Number>
[[nodiscard]] std::optional<Number> parse_decimal(std::string_view text) {
    Number number{};
    const char* const end = text.data() + text.size();
    const auto parsed = std::from_chars(text.data(), end, number);
    return parsed.ec == std::errc{} && parsed.ptr == end ? std::optional{number} : std::nullopt;
}

}  // namespace innergate
