#include "app/written_time.hpp"

#include <algorithm>
#include <array>
#include <sstream>
#include <string>

#include <date/date.h>

#include "app/ascii.hpp"
#include "app/blank.hpp"

namespace innergate {
namespace {

constexpr std::array kDateFormats{
    "%Y-%m-%d",
    "%Y/%m/%d",
    "%Y%m%d",
    "%d %b %Y",
    "%d-%b-%Y",
    "%b %d, %Y",
    "%b %d %Y",
    "%a, %d %b %Y",
    "%d.%m.%Y",
    "%d-%m-%Y",
    "%d/%m/%Y",
};

constexpr std::array kTimeFormats{"%H:%M:%S %Ez", "%H:%M:%S %z", "%H:%M %Ez", "%H:%M %z"};

/// Nothing, or a time of day with what belongs to it.
bool may_follow_a_date(std::string_view rest) {
    if (rest.empty()) {
        return true;
    }
    const bool is_separated = rest.front() == 'T' || rest.front() == 't' || rest.front() == ' ';
    constexpr std::string_view kOfTimes = "0123456789:.,+-TtZz UuCcGgMm";
    return is_separated && rest.size() > 1 && ascii::is_digit(rest[1]) &&
           rest.find_first_not_of(kOfTimes, 1) == std::string_view::npos;
}

struct LeadingDate {
    Date date;
    std::string_view rest;
};

std::optional<LeadingDate> take_date_as(std::string_view text, const char* format) {
    // Of fewer than four digits nobody can say which century is meant.
    constexpr int kEarliestYear = 1000;
    constexpr int kLatestYear = 9999;
    std::istringstream stream{std::string{text}};
    date::year_month_day parsed{};
    stream >> date::parse(std::string{format}, parsed);
    if (stream.fail() || !parsed.ok()) {
        return std::nullopt;
    }
    const int year = static_cast<int>(parsed.year());
    const auto read = stream.eof() ? text.size() : static_cast<std::size_t>(stream.tellg());
    if (year < kEarliestYear || year > kLatestYear || !may_follow_a_date(text.substr(read))) {
        return std::nullopt;
    }
    return LeadingDate{Date{date::sys_days{parsed}}, text.substr(read)};
}

std::optional<LeadingDate> take_date(std::string_view text) {
    for (const char* const format : kDateFormats) {
        if (const auto taken = take_date_as(text, format)) {
            return taken;
        }
    }
    return std::nullopt;
}

/// `+02:00`, `+0200`, `+02` or `+2`.
bool is_offset(std::string_view text) {
    const auto colon = text.find(':');
    const std::string_view hours = text.substr(1, colon - 1);
    const std::string_view minutes =
        colon == std::string_view::npos ? std::string_view{} : text.substr(colon + 1);
    const bool has_hours = hours.size() == 1 || hours.size() == 2;
    const bool has_form = colon == std::string_view::npos ? has_hours || hours.size() == 4
                                                          : has_hours && minutes.size() == 2;
    return has_form && std::ranges::all_of(hours, ascii::is_digit) &&
           std::ranges::all_of(minutes, ascii::is_digit);
}

/// With a number for the zone, whatever it was.
std::string with_offset(std::string_view time) {
    for (const std::string_view name : {"Z", "UTC", "GMT"}) {
        if (time.size() > name.size() &&
            ascii::equal_ignoring_case(time.substr(time.size() - name.size()), name)) {
            return std::string{stripped(time.substr(0, time.size() - name.size()))} + "+00:00";
        }
    }
    const bool has_offset = time.find_first_of("+-") != std::string_view::npos;
    return std::string{time} + (has_offset ? "" : "+00:00");
}

/// Whether no field of `10:30:05.25` has more digits than a clock shows.
bool has_short_fields(std::string_view clock) {
    std::size_t digits = 0;
    for (const char character : clock.substr(0, clock.find('.'))) {
        digits = ascii::is_digit(character) ? digits + 1 : 0;
        if (digits > 2) {
            return false;
        }
    }
    return true;
}

/// Time since midnight of the date, in UTC: `01:00+02:00` is an hour before it.
std::optional<std::chrono::milliseconds> time_of_day(std::string_view text) {
    const std::string time = with_offset(text);
    // The library negates the offset that it could not read, and takes twelve digits for seconds
    // and multiplies them: neither is defined.
    const std::size_t end = time.find_first_of("+-");
    if (!is_offset(std::string_view{time}.substr(end)) ||
        !has_short_fields(std::string_view{time}.substr(0, end))) {
        return std::nullopt;
    }
    for (const char* const format : kTimeFormats) {
        std::istringstream stream{time};
        std::chrono::nanoseconds since_midnight{0};
        std::string abbreviation;
        std::chrono::minutes offset{0};
        stream >> date::parse(std::string{format}, since_midnight, abbreviation, offset);
        if (stream.fail() || stream.peek() != std::istringstream::traits_type::eof()) {
            continue;
        }
        // The library reads 12:75 as 13:15.
        const auto minutes = std::chrono::floor<std::chrono::minutes>(since_midnight);
        const bool exists = time.starts_with(date::format("%H:%M", minutes)) &&
                            since_midnight < std::chrono::hours{24} &&
                            abs(offset) < std::chrono::hours{24};
        return exists ? std::optional{std::chrono::floor<std::chrono::milliseconds>(
                            since_midnight - offset
                        )}
                      : std::nullopt;
    }
    return std::nullopt;
}

/// Whether the text begins like the form, in which `9` stands for any digit.
bool begins_like(std::string_view text, std::string_view form) {
    return text.size() >= form.size() &&
           std::ranges::equal(text.substr(0, form.size()), form, [](char character, char expected) {
               return expected == '9' ? ascii::is_digit(character) : character == expected;
           });
}

}  // namespace

std::optional<Date> parse_written_date(std::string_view text) {
    const auto taken = take_date(stripped(text));
    return taken ? std::optional{taken->date} : std::nullopt;
}

std::optional<Timestamp> parse_written_time(std::string_view text) {
    const auto taken = take_date(stripped(text));
    if (!taken) {
        return std::nullopt;
    }
    if (taken->rest.empty()) {
        return Timestamp{taken->date};
    }
    const auto time = time_of_day(stripped(taken->rest.substr(1)));
    return time ? std::optional{taken->date + *time} : std::nullopt;
}

std::optional<Timestamp> parse_rfc3339(std::string_view text) {
    constexpr std::string_view kSeconds = "9999-99-99T99:99:99";
    if (!begins_like(text, kSeconds)) {
        return std::nullopt;
    }
    std::string_view rest = text.substr(kSeconds.size());
    if (begins_like(rest, ".9")) {
        rest.remove_prefix(std::min(rest.find_first_not_of("0123456789", 1), rest.size()));
    }
    constexpr std::string_view kOffset = "+99:99";
    const bool has_zone =
        rest == "Z" || (rest.size() == kOffset.size() &&
                        (begins_like(rest, kOffset) || begins_like(rest, "-99:99")));
    return has_zone ? parse_written_time(text) : std::nullopt;
}

std::string_view without_quotes(std::string_view text) {
    const bool is_quoted = text.size() >= 2 && text.front() == text.back() &&
                           (text.front() == '"' || text.front() == '\'');
    return is_quoted ? text.substr(1, text.size() - 2) : text;
}

}  // namespace innergate
