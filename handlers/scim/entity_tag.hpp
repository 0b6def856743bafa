// Entity tags (RFC 9110 section 8.8.3) of users.
#pragma once

#include <string>
#include <string_view>

#include "handlers/domain/scim/user.hpp"

namespace innergate::handlers::scim {

/// A weak tag, `W/"…"`, which changes as soon as anything shown of the user changes.
[[nodiscard]] std::string entity_tag(const domain::scim::User& user);

/// Whether the list of a field If-Match or If-None-Match names the tag; `*` names any. Compared
/// weakly, as the tags are.
[[nodiscard]] bool names_tag(std::string_view field, std::string_view tag);

}  // namespace innergate::handlers::scim
