#include "handlers/domain/personal_access_token.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "app/blank.hpp"
#include "app/time_format.hpp"
#include "app/written_time.hpp"

namespace innergate::handlers::domain {
namespace {

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
        expires_at = parse_written_date(wish.expires_at);
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
