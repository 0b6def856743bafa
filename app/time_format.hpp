// Times and dates as text: ISO 8601 as GitLab prints it, and as the databases give it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "app/clock.hpp"

namespace innergate {

/// `2019-06-27T15:29:02.219Z`
[[nodiscard]] std::string to_iso8601(Timestamp time);
/// `2019-06-27T15:29:02+00:00`, whole seconds, as Rails prints the times of commits.
[[nodiscard]] std::string to_rfc3339(Timestamp time);
/// `2020-07-24`
[[nodiscard]] std::string to_iso8601(Date date);

/// Reads `YYYY-MM-DD`, with nothing after it. Dates that do not exist give nothing.
[[nodiscard]] std::optional<Date> parse_date(std::string_view text);

/// Reads what to_iso8601() writes and what PostgreSQL prints for a timestamptz in a UTC session
/// (`2019-06-27 15:29:02.219+00`); fractions below a millisecond are dropped.
[[nodiscard]] std::optional<Timestamp> parse_timestamp(std::string_view text);

}  // namespace innergate
