// What a new personal access token may be.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

#include "app/clock.hpp"

namespace innergate::handlers::domain {

/// As a client asks for it.
struct TokenWish {
    std::string_view name;
    std::span<const std::string> scopes;
    std::string_view expires_at;  ///< blank: nothing is said
};

struct TokenRules {
    std::span<const std::string> valid_scopes;
    bool has_container_registry = true;
    bool is_expiry_required = true;
    bool is_user_blocked = false;
    Date latest_expiry;  ///< counts where expiry is required
};

/// When the token expires; nothing: never. A day in the past is accepted, so a token may be expired
/// from the beginning. Errors, the first that holds: GitLab's text for the person at the terminal.
[[nodiscard]] tl::expected<std::optional<Date>, std::string> check_new_token(
    const TokenWish& wish, const TokenRules& rules
);

}  // namespace innergate::handlers::domain
