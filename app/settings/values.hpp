// Settings' values as text, both ways, by type.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include <tl/expected.hpp>

#include "app/settings/git_checks.hpp"
#include "app/settings/logging.hpp"
#include "app/settings/storages.hpp"

namespace innergate::settings {

/// A value, or why the text is none.
template <class T>
using Parsed = tl::expected<T, std::string>;

[[nodiscard]] Parsed<std::string> parse_value(
    std::string_view text, std::type_identity<std::string> type
);
[[nodiscard]] Parsed<bool> parse_value(std::string_view text, std::type_identity<bool> type);
[[nodiscard]] Parsed<unsigned> parse_value(
    std::string_view text, std::type_identity<unsigned> type
);
/// Words, separated by commas or blanks.
[[nodiscard]] Parsed<std::vector<std::string>> parse_value(
    std::string_view text, std::type_identity<std::vector<std::string>> type
);
/// Bytes or a count; `k`, `m` and `g` multiply by 1024 each.
[[nodiscard]] Parsed<std::size_t> parse_value(
    std::string_view text, std::type_identity<std::size_t> type
);
[[nodiscard]] Parsed<std::chrono::seconds> parse_value(
    std::string_view text, std::type_identity<std::chrono::seconds> type
);
[[nodiscard]] Parsed<std::chrono::milliseconds> parse_value(
    std::string_view text, std::type_identity<std::chrono::milliseconds> type
);
[[nodiscard]] Parsed<LogLevel> parse_value(
    std::string_view text, std::type_identity<LogLevel> type
);
[[nodiscard]] Parsed<Unchecked> parse_value(
    std::string_view text, std::type_identity<Unchecked> type
);
/// An empty optional is spelt `auto`.
[[nodiscard]] Parsed<std::optional<Inspector>> parse_value(
    std::string_view text, std::type_identity<std::optional<Inspector>> type
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
