// Base64 (RFC 4648) on top of OpenSSL's codec: both alphabets, padding optional where clients omit
// it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace innergate::encoding {

/// Standard alphabet, with padding.
[[nodiscard]] std::string base64(std::string_view bytes);
/// Standard alphabet without padding: OpenSSH's spelling of fingerprints.
[[nodiscard]] std::string base64_unpadded(std::string_view bytes);
/// URL-safe alphabet without padding (RFC 7515 section 2).
[[nodiscard]] std::string base64url(std::string_view bytes);

/// Standard alphabet only. Padding is optional, wrong padding is refused.
[[nodiscard]] std::optional<std::string> decode_base64(std::string_view text);
/// URL-safe alphabet only, without padding (RFC 7515 section 2).
[[nodiscard]] std::optional<std::string> decode_base64url(std::string_view text);

}  // namespace innergate::encoding
