#include "app/settings/values.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "app/decimal.hpp"
#include "app/log/logger.hpp"

namespace innergate::settings {
namespace {

constexpr std::size_t kKibi = 1024;
constexpr std::string_view kAutomatic = "auto";

template <class Duration>
Parsed<Duration> parse_duration(std::string_view text, std::string_view unit) {
    // Also well inside what PostgreSQL and SQLite take for a time-out.
    constexpr auto kMost = static_cast<std::uint64_t>(
        std::chrono::duration_cast<Duration>(std::chrono::days{1}).count()
    );
    const auto number = parse_decimal<std::uint64_t>(text);
    if (!number || *number == 0 || *number > kMost) {
        return tl::unexpected(fmt::format("must be a whole number of {} from 1 to {}", unit, kMost)
        );
    }
    return Duration{static_cast<typename Duration::rep>(*number)};
}

tl::unexpected<std::string> refused(std::string_view reason) {
    return tl::unexpected(std::string{reason});
}

}  // namespace

Parsed<std::string> parse_value(
    std::string_view text, std::type_identity<std::string> /*type*/
) {
    return std::string{text};
}

Parsed<std::vector<std::string>> parse_value(
    std::string_view text, std::type_identity<std::vector<std::string>> /*type*/
) {
    constexpr std::string_view kSeparators = ", \t";
    std::vector<std::string> words;
    while (true) {
        const std::size_t first = text.find_first_not_of(kSeparators);
        if (first == std::string_view::npos) {
            return words;
        }
        text.remove_prefix(first);
        const std::string_view word = text.substr(0, text.find_first_of(kSeparators));
        words.emplace_back(word);
        text.remove_prefix(word.size());
    }
}

Parsed<bool> parse_value(std::string_view text, std::type_identity<bool> /*type*/) {
    if (text != "on" && text != "off" && text != "true" && text != "false") {
        return refused("must be on or off");
    }
    return text == "on" || text == "true";
}

Parsed<unsigned> parse_value(std::string_view text, std::type_identity<unsigned> /*type*/) {
    const auto number = parse_decimal<unsigned>(text);
    if (!number) {
        return refused("must be a whole number");
    }
    return *number;
}

Parsed<std::size_t> parse_value(std::string_view text, std::type_identity<std::size_t> /*type*/) {
    std::size_t factor = 1;
    if (!text.empty()) {
        switch (text.back()) {
            case 'k':
                factor = kKibi;
                break;
            case 'm':
                factor = kKibi * kKibi;
                break;
            case 'g':
                factor = kKibi * kKibi * kKibi;
                break;
            default:
                break;
        }
    }
    // More fits into no JSON text that can be read.
    constexpr std::size_t kMost = 4 * kKibi * kKibi * kKibi;
    const auto number =
        parse_decimal<std::uint64_t>(factor == 1 ? text : text.substr(0, text.size() - 1));
    if (!number || *number == 0) {
        return refused("must be a whole number, at least 1, with k, m or g behind it if need be");
    }
    if (*number > kMost / factor) {
        return refused("must be at most 4g");
    }
    return *number * factor;
}

Parsed<std::chrono::seconds> parse_value(
    std::string_view text, std::type_identity<std::chrono::seconds> /*type*/
) {
    return parse_duration<std::chrono::seconds>(text, "seconds");
}

Parsed<std::chrono::milliseconds> parse_value(
    std::string_view text, std::type_identity<std::chrono::milliseconds> /*type*/
) {
    return parse_duration<std::chrono::milliseconds>(text, "milliseconds");
}

Parsed<LogLevel> parse_value(std::string_view text, std::type_identity<LogLevel> /*type*/) {
    for (const LogLevel level :
         {LogLevel::debug, LogLevel::info, LogLevel::warning, LogLevel::error}) {
        if (log::to_string(level) == text) {
            return level;
        }
    }
    return refused("must be debug, info, warning or error");
}

Parsed<Unchecked> parse_value(std::string_view text, std::type_identity<Unchecked> /*type*/) {
    if (text != "closed" && text != "open") {
        return refused("must be closed or open");
    }
    return text == "open" ? Unchecked::open : Unchecked::closed;
}

Parsed<std::optional<Inspector>> parse_value(
    std::string_view text, std::type_identity<std::optional<Inspector>> /*type*/
) {
    for (const Inspector inspector : {Inspector::none, Inspector::local, Inspector::gitaly}) {
        if (to_string(inspector) == text) {
            return inspector;
        }
    }
    if (text != kAutomatic) {
        return refused("must be auto, none, local or gitaly");
    }
    return std::nullopt;
}
std::string show_value(const std::string& value) {
    return value;
}
std::string show_value(const std::vector<std::string>& value) {
    return fmt::format("{}", fmt::join(value, ", "));
}
std::string show_value(bool value) {
    return value ? "on" : "off";
}
std::string show_value(unsigned value) {
    return std::to_string(value);
}
std::string show_value(std::size_t value) {
    constexpr std::array<std::pair<char, std::size_t>, 3> kFactors{
        {{'g', kKibi * kKibi * kKibi}, {'m', kKibi * kKibi}, {'k', kKibi}}};
    for (const auto& [letter, factor] : kFactors) {
        if (value >= factor && value % factor == 0) {
            return std::to_string(value / factor) + letter;
        }
    }
    return std::to_string(value);
}
std::string show_value(std::chrono::seconds value) {
    return std::to_string(value.count());
}
std::string show_value(std::chrono::milliseconds value) {
    return std::to_string(value.count());
}
std::string show_value(LogLevel value) {
    return std::string{log::to_string(value)};
}
std::string show_value(Unchecked value) {
    return value == Unchecked::open ? "open" : "closed";
}
std::string show_value(std::optional<Inspector> value) {
    return std::string{value ? to_string(*value) : kAutomatic};
}

}  // namespace innergate::settings
