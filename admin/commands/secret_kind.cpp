#include "admin/commands/secret_kind.hpp"

#include <fmt/format.h>

#include "app/encoding/base64.hpp"
#include "app/encoding/digest.hpp"
#include "app/settings/secret_file.hpp"

namespace innergate::admin {
namespace {

constexpr std::size_t kSharedSecretBytes = 32;
constexpr std::size_t kKeyBaseBytes = 64;

}  // namespace

std::string_view to_string(SecretKind kind) {
    switch (kind) {
        case SecretKind::shell:
            return "shell";
        case SecretKind::kas:
            return "kas";
        case SecretKind::db_key_base:
            break;
    }
    return "db-key-base";
}

std::string setting_of(SecretKind kind) {
    switch (kind) {
        case SecretKind::shell:
            return "secrets.shell_secret_file";
        case SecretKind::kas:
            return "secrets.kas_secret_file";
        case SecretKind::db_key_base:
            break;
    }
    return "secrets.db_key_base_file";
}

const std::string& path_of(SecretKind kind, const settings::Secrets& secrets) {
    switch (kind) {
        case SecretKind::shell:
            return secrets.shell_secret_file;
        case SecretKind::kas:
            return secrets.kas_secret_file;
        case SecretKind::db_key_base:
            break;
    }
    return secrets.db_key_base_file;
}

std::string make_content(SecretKind kind) {
    switch (kind) {
        case SecretKind::shell:
            return encoding::hex(encoding::random_bytes(kSharedSecretBytes)) + "\n";
        case SecretKind::kas:
            return encoding::base64(encoding::random_bytes(kSharedSecretBytes)) + "\n";
        case SecretKind::db_key_base:
            break;
    }
    return encoding::hex(encoding::random_bytes(kKeyBaseBytes)) + "\n";
}

tl::expected<auth::Secret, std::string> read_signing_key(
    SecretKind kind, const settings::Secrets& secrets
) {
    const std::string& path = path_of(kind, secrets);
    if (path.empty()) {
        return tl::unexpected(fmt::format("{} is not set", setting_of(kind)));
    }
    auto key = kind == SecretKind::kas ? settings::read_base64_secret_file(path)
                                       : settings::read_secret_file(path);
    if (!key) {
        return tl::unexpected(std::move(key.error()));
    }
    return auth::Secret{std::move(*key)};
}

}  // namespace innergate::admin
