// Reads a secret from its file, and refuses files that are no safe place for one.
#pragma once

#include <string>

#include <tl/expected.hpp>

namespace innergate::settings {

/// The content without white space at both ends, as the clients read it.
///
/// A file that this account may not read may have been handed over by systemd (LoadCredential=):
/// then the file of the same name in $CREDENTIALS_DIRECTORY is read, unless that is blank. So the
/// same settings serve the units, and an operator who runs a program by hand.
///
/// Errors, as a sentence that names the path and never the content: missing, unreadable, no regular
/// file, empty, larger than 64 KiB, or open to others (any permission for others, or writable by
/// the group).
[[nodiscard]] tl::expected<std::string, std::string> read_secret_file(const std::string& path);

/// The bytes that the file holds as base64, the form in which kas makes and reads its own.
/// Errors: as read_secret_file(), and for anything but base64 of 32 bytes.
[[nodiscard]] tl::expected<std::string, std::string> read_base64_secret_file(const std::string& path
);

}  // namespace innergate::settings
