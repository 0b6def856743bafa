// What an OpenSSH public key is made of: its type and how long it is.
#pragma once

#include <optional>
#include <string_view>

namespace innergate::handlers::domain {

enum class SshKeyType { rsa, dsa, ecdsa, ed25519, ecdsa_sk, ed25519_sk };

/// `rsa`, `ecdsa_sk`
[[nodiscard]] std::string_view to_string(SshKeyType type);

struct SshPublicKey {
    SshKeyType type = SshKeyType::rsa;
    int bits = 0;  ///< of the modulus, or of the field that the curve is over
};

/// Reads `type blob comment`. The blob decides (RFC 4253 section 6.6, RFC 5656 section 3.1,
/// OpenSSH's PROTOCOL.u2f); the word in front only names it. Nothing: no key, or one of an unknown
/// type.
[[nodiscard]] std::optional<SshPublicKey> parse_ssh_public_key(std::string_view line);

}  // namespace innergate::handlers::domain
