// Personal access tokens as a policy.
#pragma once

#include "app/auth/policy.hpp"

namespace innergate::handlers::policies {

/// Any active user's token with scope `api`, or `read_api` for reading. What the user may see is
/// the handler's business.
///
/// Where the token may stand, first that is not empty: field `PRIVATE-TOKEN`, `Authorization:
/// Bearer`, field `TOKEN` (the documented curl lines), parameter `private_token` or `access_token`
/// of the query. Errors, in this order: 401 no or unknown token; 401 expired (from the start of its
/// expiry date); 401 revoked; 403 user not active; 403 scope too small. The two in the middle are
/// RFC 6750's `invalid_token` with `WWW-Authenticate`, the last its `insufficient_scope`.
extern const auth::Policy kPersonalAccessToken;

}  // namespace innergate::handlers::policies
