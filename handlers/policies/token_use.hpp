// Whether a personal access token may be used now, for policies and for tokens passed on by others.
#pragma once

#include <span>
#include <string_view>

#include "app/clock.hpp"
#include "app/db/later_writes.hpp"
#include "app/error.hpp"
#include "handlers/stores/identity/personal_access_token_store.hpp"

namespace innergate::handlers::policies {

/// Whether the token has one of the accepted scopes.
[[nodiscard]] bool has_scope(
    const PersonalAccessToken& token, std::span<const std::string_view> accepted
);

/// Errors (the first that applies, in the form of RFC 6750 section 3 where it has one):
/// unauthorized for an expired or revoked token; forbidden for one whose owner is not active, and
/// for one that has none of the scopes. `wanted` names the scopes that would do.
[[nodiscard]] Result<void> require_usable(
    const PersonalAccessToken& token,
    std::span<const std::string_view> scopes,
    std::string_view wanted,
    Date today
);

/// Remembers a use every ten minutes at most, as GitLab does.
void remember_use(db::LaterWrites& later, const PersonalAccessToken& token, Timestamp now);

}  // namespace innergate::handlers::policies
