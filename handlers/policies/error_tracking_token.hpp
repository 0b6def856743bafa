// The error tracking service, by the access token that it shares with the instance.
#pragma once

#include "app/auth/policy.hpp"

namespace innergate::handlers::policies {

/// The first of these that is there decides, whatever the others are:
/// 1. header field `Gitlab-Error-Tracking-Token`;
/// 2. `error_tracking_token` in the query;
/// 3. auth::kShellJwt, if it is valid. GitLab does not look at that field here, but its
///    documentation sends it, so an invalid one is passed over;
/// 4. `error_tracking_token` in the body, of which no more than 64 KiB are read for it.
///
/// An empty value counts as missing. One line break at the end of a token is not part of it.
/// Errors: 401 `401 Unauthorized`, also while no access token is set.
extern const auth::Policy kErrorTrackingToken;

}  // namespace innergate::handlers::policies
