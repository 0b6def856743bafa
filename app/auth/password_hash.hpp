// Passwords and backup codes as GitLab stores them: bcrypt, by the system's libcrypt.
#pragma once

#include <string>
#include <string_view>

namespace innergate::auth {

/// Number of doublings of bcrypt's work. Ten is what GitLab uses, some 60 ms a password.
inline constexpr unsigned kPasswordCost = 10;
/// Backup codes are random, so a search through likely ones gains nothing: bcrypt's least work,
/// about 1 ms, keeps an import of ten codes for each of many users fast.
inline constexpr unsigned kBackupCodeCost = 4;

/// `$2b$…`, with a fresh salt. Like GitLab's, it looks at the first 72 bytes. Throws
/// std::runtime_error when libcrypt has no bcrypt.
[[nodiscard]] std::string password_hash(std::string_view password, unsigned cost);

/// Constant time for equal lengths. False for a hash that libcrypt cannot read.
[[nodiscard]] bool matches_hash(std::string_view password, std::string_view hash);

}  // namespace innergate::auth
