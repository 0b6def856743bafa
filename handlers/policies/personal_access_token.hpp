// Personal access tokens as policies.
#pragma once

#include "app/auth/caller.hpp"
#include "app/auth/policy.hpp"
#include "app/error.hpp"

namespace innergate::handlers::policies {

/// Any active user's token with scope `api`, or `read_api` for reading. What the user may see is
/// the handler's business.
///
/// The first of these places that is not empty holds the token: field `PRIVATE-TOKEN`,
/// `Authorization: Bearer`, field `TOKEN` (the documented curl lines), parameter `private_token` or
/// `access_token` of the query, the same of the body, of which no more than 64 KiB are read for it.
/// Errors, in this order: 404 while the feature `subscriptions` is off; 401 no or unknown token;
/// 401 expired (from the start of its expiry date); 401 revoked; 403 user not active; 403 scope too
/// small. Expired and revoked are RFC 6750's `invalid_token` with `WWW-Authenticate`, the last
/// error is its `insufficient_scope`.
extern const auth::Policy kPersonalAccessToken;

/// As kPersonalAccessToken, then 403 for everybody who is no administrator. Where the instance's
/// setting `admin_mode` is on, only a token with the scope of that name makes an administrator.
extern const auth::Policy kAdministratorToken;

/// As kAdministratorToken; but first of all 403 where `billing.saas` is off.
extern const auth::Policy kSaasAdministratorToken;

/// The check of kAdministratorToken, for handlers that judge their parameters first.
[[nodiscard]] Result<void> require_administrator(const auth::UserCaller& caller);

}  // namespace innergate::handlers::policies
