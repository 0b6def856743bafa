// How opaque tokens are stored and looked up: by a salted digest, never in clear.
#pragma once

#include <string>
#include <string_view>

#include "app/auth/secret.hpp"

namespace innergate::auth {

/// base64(SHA-256(token ‖ first 32 bytes of the database key base)): GitLab's own digest, so that
/// rows can be copied over. Throws std::logic_error when the key base is unset.
[[nodiscard]] std::string token_digest(std::string_view token, const Secret& db_key_base);

}  // namespace innergate::auth
