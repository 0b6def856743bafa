// Settings' values as text, both ways, by type.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/settings/settings.hpp"

namespace innergate::settings {

/// parse_value() answers why the text is no such value, or nothing after setting `out`.
[[nodiscard]] std::optional<std::string> parse_value(std::string_view text, std::string& out);
[[nodiscard]] std::optional<std::string> parse_value(std::string_view text, bool& out);
[[nodiscard]] std::optional<std::string> parse_value(std::string_view text, unsigned& out);
/// Words, separated by commas or blanks.
[[nodiscard]] std::optional<std::string> parse_value(
    std::string_view text, std::vector<std::string>& out
);
/// Bytes or a count; `k`, `m` and `g` multiply by 1024 each.
[[nodiscard]] std::optional<std::string> parse_value(std::string_view text, std::size_t& out);
[[nodiscard]] std::optional<std::string> parse_value(
    std::string_view text, std::chrono::seconds& out
);
[[nodiscard]] std::optional<std::string> parse_value(
    std::string_view text, std::chrono::milliseconds& out
);
[[nodiscard]] std::optional<std::string> parse_value(std::string_view text, LogLevel& out);
[[nodiscard]] std::optional<std::string> parse_value(std::string_view text, Unchecked& out);
/// Nothing is spelt `auto`.
[[nodiscard]] std::optional<std::string> parse_value(
    std::string_view text, std::optional<Inspector>& out
);

[[nodiscard]] std::string show_value(const std::string& value);
[[nodiscard]] std::string show_value(const std::vector<std::string>& value);
[[nodiscard]] std::string show_value(bool value);
[[nodiscard]] std::string show_value(unsigned value);
[[nodiscard]] std::string show_value(std::size_t value);
[[nodiscard]] std::string show_value(std::chrono::seconds value);
[[nodiscard]] std::string show_value(std::chrono::milliseconds value);
[[nodiscard]] std::string show_value(LogLevel value);
[[nodiscard]] std::string show_value(Unchecked value);
[[nodiscard]] std::string show_value(std::optional<Inspector> value);

}  // namespace innergate::settings
