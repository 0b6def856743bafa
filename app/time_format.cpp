#include "app/time_format.hpp"

#include <fmt/format.h>

#include "app/decimal.hpp"

namespace innergate {
namespace {

/// Takes exactly `digits` digits off the front.
std::optional<unsigned> take_number(std::string_view& text, std::size_t digits) {
    const auto value =
        text.size() < digits ? std::nullopt : parse_decimal<unsigned>(text.substr(0, digits));
    text.remove_prefix(value ? digits : 0);
    return value;
}

bool take_any_of(std::string_view& text, std::string_view characters) {
    if (text.empty() || characters.find(text.front()) == std::string_view::npos) {
        return false;
    }
    text.remove_prefix(1);
    return true;
}

std::optional<Date> take_date(std::string_view& text) {
    const auto year = take_number(text, 4);
    if (!year || !take_any_of(text, "-")) {
        return std::nullopt;
    }
    const auto month = take_number(text, 2);
    if (!month || !take_any_of(text, "-")) {
        return std::nullopt;
    }
    const auto day = take_number(text, 2);
    if (!day) {
        return std::nullopt;
    }
    const std::chrono::year_month_day date{
        std::chrono::year{static_cast<int>(*year)},
        std::chrono::month{*month},
        std::chrono::day{*day}};
    return date.ok() ? std::optional{Date{date}} : std::nullopt;
}

/// `.219`, `.2` or nothing.
std::optional<std::chrono::milliseconds> take_fraction(std::string_view& text) {
    if (!take_any_of(text, ".")) {
        return std::chrono::milliseconds{0};
    }
    unsigned milliseconds = 0;
    unsigned scale = 100;
    bool has_digit = false;
    while (const auto digit = take_number(text, 1)) {
        milliseconds += *digit * scale;
        scale /= 10;
        has_digit = true;
    }
    return has_digit ? std::optional{std::chrono::milliseconds{milliseconds}} : std::nullopt;
}

}  // namespace

std::string to_iso8601(Date date) {
    const std::chrono::year_month_day parts{date};
    return fmt::format(
        "{:04}-{:02}-{:02}",
        static_cast<int>(parts.year()),
        static_cast<unsigned>(parts.month()),
        static_cast<unsigned>(parts.day())
    );
}

std::string to_iso8601(Timestamp time) {
    const Date date = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::hh_mm_ss clock{time - date};
    return fmt::format(
        "{}T{:02}:{:02}:{:02}.{:03}Z",
        to_iso8601(date),
        clock.hours().count(),
        clock.minutes().count(),
        clock.seconds().count(),
        clock.subseconds().count()
    );
}

std::string to_rfc3339(Timestamp time) {
    constexpr std::size_t kWholeSeconds = std::string_view{"YYYY-MM-DDTHH:MM:SS"}.size();
    return to_iso8601(time).substr(0, kWholeSeconds) + "+00:00";
}

std::optional<Date> parse_date(std::string_view text) {
    const auto date = take_date(text);
    return text.empty() ? date : std::nullopt;
}

std::optional<Timestamp> parse_timestamp(std::string_view text) {
    const auto date = take_date(text);
    if (!date || !take_any_of(text, "T ")) {
        return std::nullopt;
    }
    const auto hours = take_number(text, 2);
    if (!hours || *hours > 23 || !take_any_of(text, ":")) {
        return std::nullopt;
    }
    const auto minutes = take_number(text, 2);
    if (!minutes || *minutes > 59 || !take_any_of(text, ":")) {
        return std::nullopt;
    }
    const auto seconds = take_number(text, 2);
    const auto fraction = take_fraction(text);
    const bool is_utc = text == "Z" || text == "+00" || text == "+00:00";
    if (!seconds || *seconds > 59 || !fraction || !is_utc) {
        return std::nullopt;
    }
    return *date + std::chrono::hours{*hours} + std::chrono::minutes{*minutes} +
           std::chrono::seconds{*seconds} + *fraction;
}

}  // namespace innergate
