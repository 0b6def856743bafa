// The digest by which what must not be in clear (opaque tokens, traits of a card) is stored and
// found.
#pragma once

#include <string>
#include <string_view>

#include "app/auth/secret.hpp"

namespace innergate::auth {

/// base64(SHA-256(value ‖ first 32 bytes of the database key base)), 44 characters: GitLab's own
/// digest, so that rows can be copied over. Throws std::logic_error when the key base is unset.
[[nodiscard]] std::string salted_digest(std::string_view value, const Secret& db_key_base);

}  // namespace innergate::auth
