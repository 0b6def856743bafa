// Which memberships count, said once for all statements that ask.
#pragma once

#include "app/db/sql.hpp"

namespace innergate::handlers {

/// Of `members`: somebody who was let in. Leaves out people who ask for access (`requested_at`),
/// were invited and have not answered (`invite_token`), or wait for a seat (`state`).
inline constexpr auto kIsMember =
    db::sql("members.requested_at is null and members.invite_token is null and members.state = 0");

/// The same, and the membership lasts beyond `:today`.
inline constexpr auto kIsMemberToday =
    db::sql(kIsMember, "and (members.expires_at is null or members.expires_at > :today)");

/// Of `links`, by which a group was invited to a project or to another group: the invitation lasts
/// beyond `:today`.
inline constexpr auto kIsInvitedToday =
    db::sql("(links.expires_at is null or links.expires_at > :today)");

}  // namespace innergate::handlers
