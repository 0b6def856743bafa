// Makes and verifies the tokens with which Git LFS clients come back over HTTP after a session over
// SSH. The server of LFS verifies them; the derivation below is all it needs.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include <tl/expected.hpp>

#include "app/auth/secret.hpp"
#include "app/clock.hpp"
#include "app/ids.hpp"

namespace innergate::auth {

/// For clocks that differ, as GitLab grants.
inline constexpr std::chrono::seconds kLfsTokenLeeway{60};

/// Whom a token stands for.
struct LfsActor {
    std::string name;       ///< the user name of the client's Basic authentication
    std::string key_label;  ///< what the signing key is derived from, beside the key base
};

/// `username`. The label is `lfs-token:user:ID:` and the last 16 characters of the password's hash,
/// so that a new password ends all tokens.
[[nodiscard]] LfsActor lfs_actor(
    UserId id, std::string_view username, std::string_view encrypted_password
);

/// `lfs+deploy-key-ID`. The label is `lfs-token:deploy-key:ID:` and the first 16 characters of the
/// key's SHA-256 fingerprint.
[[nodiscard]] LfsActor lfs_actor(KeyId id, std::string_view fingerprint_sha256);

/// HMAC-SHA-256 with the database key base (the file's content without the white space around it)
/// as key and the actor's label as message; all 32 bytes. Throws std::logic_error when the key base
/// is unset.
[[nodiscard]] Secret lfs_signing_key(const Secret& db_key_base, const LfsActor& actor);

/// A JWT, HS256: `data` = `{"actor": name}`, `jti`, `iat`, `nbf` = `iat` - 5, `exp` = `iat` +
/// lifetime.
[[nodiscard]] std::string make_lfs_token(
    const Secret& db_key_base, const LfsActor& actor, Timestamp now, std::chrono::seconds lifetime
);

/// When the token expires. Errors: which rule failed, in a few words: the signature, the actor, the
/// times; a token without `exp` is refused too.
[[nodiscard]] tl::expected<Timestamp, std::string> verify_lfs_token(
    const Secret& db_key_base, const LfsActor& actor, std::string_view token, Timestamp now
);

}  // namespace innergate::auth
