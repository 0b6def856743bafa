// SCIM tokens as policies: one opens the identities of a group, or those of the instance.
#pragma once

#include "app/auth/policy.hpp"

namespace innergate::handlers::policies {

/// The token stands in `Authorization: Bearer` and in no other place (RFC 7644 section 2). The
/// group is the path's parameter `group_path`; without one the instance is meant.
///
/// Errors, in this order: 404 while the feature `scim` is off; 401 no or unknown token; 404 no such
/// top-level group, which a stranger is not told; 401 token of another group or of the instance;
/// 403 single sign-on is off for the group or the instance.
extern const auth::Policy kScimToken;

/// As kScimToken, but open to callers that send no `Authorization` at all: the answers are the same
/// for everybody, and say nothing about the group.
extern const auth::Policy kScimDiscovery;

}  // namespace innergate::handlers::policies
