// The shared secrets by name: where each lies, what its file holds, how a fresh one is made.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include <tl/expected.hpp>

#include "app/auth/secret.hpp"
#include "app/settings/secrets.hpp"

namespace innergate::admin {

enum class SecretKind { shell, kas, db_key_base };

inline constexpr std::array kSecretKinds{
    SecretKind::shell, SecretKind::kas, SecretKind::db_key_base};

/// As on the command line: `shell`, `kas`, `db-key-base`.
[[nodiscard]] std::string_view to_string(SecretKind kind);

/// `secrets.shell_secret_file`
[[nodiscard]] std::string setting_of(SecretKind kind);

/// From the settings; empty when there is none configured.
[[nodiscard]] const std::string& path_of(SecretKind kind, const settings::Secrets& secrets);

/// Content of a new file, in the form the clients expect: gitlab-shell takes any text, the agent
/// server base64 of 32 bytes (it decodes the text before it signs).
[[nodiscard]] std::string make_content(SecretKind kind);

/// The bytes that tokens are signed with. Errors: a sentence for the operator.
[[nodiscard]] tl::expected<auth::Secret, std::string> read_signing_key(
    SecretKind kind, const settings::Secrets& secrets
);

}  // namespace innergate::admin
