// SSH public keys as text: fingerprints and authorized_keys lines.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace innergate::handlers::domain {

/// SHA-256 of the key blob as OpenSSH prints it, without `SHA256:` and padding. `base64_blob` may
/// lack its padding (gitlab-sshd) and may have spaces where a client forgot to escape `+`. Nothing:
/// it is no base64.
[[nodiscard]] std::optional<std::string> fingerprint_of_blob(std::string_view base64_blob);

/// A fingerprint as clients write it, with or without `SHA256:` and padding, in the stored form.
[[nodiscard]] std::string normalized_fingerprint(std::string_view fingerprint);

/// `type blob comment`: the first two words of a stored key with another comment. Line breaks in
/// the comment become spaces: the text goes into one line of a file that grants access.
[[nodiscard]] std::string with_comment(std::string_view stored_key, std::string_view comment);

}  // namespace innergate::handlers::domain
