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
std::optional<std::string> parse_duration(
    std::string_view text, std::string_view unit, Duration& out
) {
    // Also well inside what PostgreSQL and SQLite take for a time-out.
    constexpr auto kMost = static_cast<std::uint64_t>(
        std::chrono::duration_cast<Duration>(std::chrono::days{1}).count()
    );
    const auto number = parse_decimal<std::uint64_t>(text);
    if (!number || *number == 0 || *number > kMost) {
        return fmt::format("must be a whole number of {} from 1 to {}", unit, kMost);
    }
    out = Duration{static_cast<typename Duration::rep>(*number)};
    return std::nullopt;
}

}  // namespace

std::optional<std::string> parse_value(std::string_view text, std::string& out) {
    out = text;
    return std::nullopt;
}

std::optional<std::string> parse_value(std::string_view text, std::vector<std::string>& out) {
    constexpr std::string_view kSeparators = ", \t";
    out.clear();
    while (true) {
        const std::size_t first = text.find_first_not_of(kSeparators);
        if (first == std::string_view::npos) {
            return std::nullopt;
        }
        text.remove_prefix(first);
        const std::string_view word = text.substr(0, text.find_first_of(kSeparators));
        out.emplace_back(word);
        text.remove_prefix(word.size());
    }
}

std::optional<std::string> parse_value(std::string_view text, bool& out) {
    if (text != "on" && text != "off" && text != "true" && text != "false") {
        return "must be on or off";
    }
    out = text == "on" || text == "true";
    return std::nullopt;
}

std::optional<std::string> parse_value(std::string_view text, unsigned& out) {
    const auto number = parse_decimal<unsigned>(text);
    if (!number) {
        return "must be a whole number";
    }
    out = *number;
    return std::nullopt;
}

std::optional<std::string> parse_value(std::string_view text, std::size_t& out) {
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
        return "must be a whole number, at least 1, with k, m or g behind it if need be";
    }
    if (*number > kMost / factor) {
        return "must be at most 4g";
    }
    out = *number * factor;
    return std::nullopt;
}

std::optional<std::string> parse_value(std::string_view text, std::chrono::seconds& out) {
    return parse_duration(text, "seconds", out);
}

std::optional<std::string> parse_value(std::string_view text, std::chrono::milliseconds& out) {
    return parse_duration(text, "milliseconds", out);
}

std::optional<std::string> parse_value(std::string_view text, LogLevel& out) {
    for (const LogLevel level :
         {LogLevel::debug, LogLevel::info, LogLevel::warning, LogLevel::error}) {
        if (log::to_string(level) == text) {
            out = level;
            return std::nullopt;
        }
    }
    return "must be debug, info, warning or error";
}

std::optional<std::string> parse_value(std::string_view text, Unchecked& out) {
    if (text != "closed" && text != "open") {
        return "must be closed or open";
    }
    out = text == "open" ? Unchecked::open : Unchecked::closed;
    return std::nullopt;
}

std::optional<std::string> parse_value(std::string_view text, std::optional<Inspector>& out) {
    for (const Inspector inspector : {Inspector::none, Inspector::local, Inspector::gitaly}) {
        if (to_string(inspector) == text) {
            out = inspector;
            return std::nullopt;
        }
    }
    if (text != kAutomatic) {
        return "must be auto, none, local or gitaly";
    }
    out.reset();
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
