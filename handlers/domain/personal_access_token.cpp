#include "handlers/domain/personal_access_token.hpp"

#include <algorithm>
#include <array>
#include <sstream>

#include <date/date.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "app/blank.hpp"
#include "app/time_format.hpp"

namespace innergate::handlers::domain {
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

/// Nothing, or a time of day with what belongs to it.
bool may_follow_a_date(std::string_view rest) {
    if (rest.empty()) {
        return true;
    }
    const bool is_separated = rest.front() == 'T' || rest.front() == 't' || rest.front() == ' ';
    constexpr std::string_view kOfTimes = "0123456789:.,+-TtZz UuCcGgMm";
    return is_separated && rest.size() > 1 && rest[1] >= '0' && rest[1] <= '9' &&
           rest.find_first_not_of(kOfTimes, 1) == std::string_view::npos;
}

std::optional<Date> parse_as(std::string_view text, const char* format) {
    constexpr int kEarliestYear = 1;
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
    return Date{date::sys_days{parsed}};
}

bool is_registry_scope(std::string_view scope) {
    return scope == "read_registry" || scope == "write_registry";
}

/// `["api", "read_user"]`
std::string shown(std::span<const std::string> scopes) {
    std::vector<std::string> sorted{scopes.begin(), scopes.end()};
    std::ranges::sort(sorted);
    std::vector<std::string> quoted;
    quoted.reserve(sorted.size());
    for (const std::string& scope : sorted) {
        quoted.push_back(fmt::format("\"{}\"", scope));
    }
    return fmt::format("[{}]", fmt::join(quoted, ", "));
}

tl::expected<void, std::string> check_scopes(
    std::span<const std::string> scopes, std::span<const std::string> valid
) {
    if (scopes.empty()) {
        return tl::unexpected(std::string{"No token scopes specified"});
    }
    const auto invalid = std::ranges::find_if(scopes, [valid](const std::string& scope) {
        return std::ranges::find(valid, scope) == valid.end();
    });
    if (invalid != scopes.end()) {
        return tl::unexpected(
            fmt::format("Invalid scope: '{}'. Valid scopes are: {}", *invalid, shown(valid))
        );
    }
    return {};
}

}  // namespace

std::optional<Date> parse_lenient_date(std::string_view text) {
    for (const char* const format : kDateFormats) {
        if (const auto parsed = parse_as(stripped(text), format)) {
            return parsed;
        }
    }
    return std::nullopt;
}

tl::expected<std::optional<Date>, std::string> check_new_token(
    const TokenWish& wish, const TokenRules& rules
) {
    if (is_blank(wish.name)) {
        return tl::unexpected(std::string{"No token name specified"});
    }
    if (const auto scopes = check_scopes(wish.scopes, rules.valid_scopes); !scopes) {
        return tl::unexpected(scopes.error());
    }
    std::optional<Date> expires_at;
    if (!is_blank(wish.expires_at)) {
        expires_at = parse_lenient_date(wish.expires_at);
        if (!expires_at) {
            return tl::unexpected(fmt::format("Invalid token expiry date: '{}'", wish.expires_at));
        }
    } else if (rules.is_expiry_required) {
        expires_at = rules.latest_expiry;
    }
    if (rules.is_user_blocked) {
        return tl::unexpected(std::string{"Failed to create token: Not permitted to create"});
    }
    if (rules.is_expiry_required && expires_at > rules.latest_expiry) {
        return tl::unexpected(fmt::format(
            "Failed to create token: Expiration date must be before {}",
            to_iso8601(rules.latest_expiry)
        ));
    }
    if (!rules.has_container_registry && std::ranges::any_of(wish.scopes, is_registry_scope)) {
        return tl::unexpected(std::string{
            "Failed to create token: Scopes can only contain available scopes"});
    }
    return expires_at;
}

}  // namespace innergate::handlers::domain
