// Public keys as operators give them: one line of an OpenSSH .pub file.
#pragma once

#include <string>
#include <string_view>

#include <tl/expected.hpp>

namespace innergate::admin {

/// SHA-256 of the key's blob in base64 without padding, as the database keeps it. Errors: not `TYPE
/// BASE64 [COMMENT]` in one line, an unknown type, or a blob that is of another type (RFC 4253
/// section 6.6); the text is a reason to show behind the name of the column.
[[nodiscard]] tl::expected<std::string, std::string> fingerprint_of(std::string_view public_key);

}  // namespace innergate::admin
