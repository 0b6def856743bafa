// SHA-256 and SHA-1, random bytes and constant-time comparison, all OpenSSL's.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace innergate::encoding {

/// 32 bytes.
[[nodiscard]] std::string sha256(std::string_view bytes);
/// 20 bytes. For fingerprints that others compute in the same way, never for secrets.
[[nodiscard]] std::string sha1(std::string_view bytes);
/// 32 bytes (RFC 2104). Code that signs with the same key all the time keeps a prepared key instead
/// (auth::Hs256).
[[nodiscard]] std::string hmac_sha256(std::string_view key, std::string_view bytes);
[[nodiscard]] std::string hex(std::string_view bytes);

/// From OpenSSL's generator. Throws std::runtime_error when the system has no entropy to give.
[[nodiscard]] std::string random_bytes(std::size_t count);

/// True when equal; takes as long for a near miss as for a far one. Lengths are not secret.
[[nodiscard]] bool equal_in_constant_time(std::string_view left, std::string_view right);

}  // namespace innergate::encoding
