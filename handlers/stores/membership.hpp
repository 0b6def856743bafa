// Which memberships count, said once for all statements that ask.
#pragma once

#include "app/db/sql.hpp"

namespace innergate::handlers {

/// Of `members`: somebody who was let in. Not who asks to be (`requested_at`), was invited and has
/// not answered (`invite_token`), or waits for a seat (`state`).
inline constexpr auto kIsMember =
    db::sql("members.requested_at is null and members.invite_token is null and members.state = 0");

/// And one that lasts beyond `:today`.
inline constexpr auto kIsMemberToday =
    db::sql(kIsMember, "and (members.expires_at is null or members.expires_at > :today)");

/// Of `links`, by which a group was invited to a project or to another group: it lasts beyond
/// `:today`.
inline constexpr auto kIsInvitedToday =
    db::sql("(links.expires_at is null or links.expires_at > :today)");

}  // namespace innergate::handlers
