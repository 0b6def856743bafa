// Dates and times as people and other programs write them. How we write them: time_format.hpp.
#pragma once

#include <optional>
#include <string_view>

#include "app/clock.hpp"

namespace innergate {

/// `2020-07-24`, `2020/07/24`, `20200724`, `24 Jul 2020`, `July 24, 2020`, and with the day first
/// `24/07/2020`, `24-07-2020`, `24.07.2020`. Names of months are English, in any case; what follows
/// as a time is dropped. Nothing: none of these, a year of two digits, or a day that does not
/// exist.
[[nodiscard]] std::optional<Date> parse_written_date(std::string_view text);

/// A date as above, alone (midnight) or with `T` or a blank and `HH:MM`, `HH:MM:SS` or
/// `HH:MM:SS.frac`, and with `Z`, `UTC`, `GMT`, `+02:00`, `+0200` or nothing (UTC) for the zone.
/// Fractions below a millisecond are dropped. Nothing: none of these, or a time that does not
/// exist.
[[nodiscard]] std::optional<Timestamp> parse_written_time(std::string_view text);

/// `2024-05-02T09:14:07Z` and `2024-05-02T11:14:07.123+02:00`, and nothing else (RFC 3339,
/// section 5.6). Fractions below a millisecond are dropped.
[[nodiscard]] std::optional<Timestamp> parse_rfc3339(std::string_view text);

/// Without one pair of quotes around it, single or double: some clients' shells leave them there.
[[nodiscard]] std::string_view without_quotes(std::string_view text);

}  // namespace innergate
