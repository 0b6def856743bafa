// What users and keys prove themselves with: keys and who stands behind them, what an LFS token is
// derived from, second factors and the codes that replace them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "app/clock.hpp"
#include "app/ids.hpp"

namespace innergate::db {
class Session;
}

namespace innergate::handlers {

struct CredentialKey {
    KeyId id;
    bool is_deploy_key = false;
    std::string fingerprint_sha256;  ///< base64 without padding
    std::optional<Timestamp> last_used_at;
};

struct CredentialUser {
    UserId id;
    std::string username;
    std::string state;  ///< `users.state`
    std::string encrypted_password;
    bool is_two_factor_on = false;  ///< by one-time password or security key
};

/// Without key and user: nobody. A key without user: its owner is gone. With a deploy key, the user
/// is its owner.
struct Credentials {
    std::optional<CredentialKey> key;
    std::optional<CredentialUser> user;
};

class CredentialStore {
public:
    explicit CredentialStore(db::Session& session) : session_(session) {}

    /// A key that may authenticate, deploy keys included. A signing-only key is nobody's.
    [[nodiscard]] Credentials find_by_key(KeyId key_id);
    [[nodiscard]] Credentials find_by_user(UserId user_id);
    /// Case-insensitive.
    [[nodiscard]] Credentials find_by_username(std::string_view username);

    /// Replaces all recovery codes by these hashes (a JSON array), in one statement. False, and
    /// nothing is changed: the user is gone, or has two-factor authentication off by now.
    [[nodiscard]] bool replace_recovery_codes(
        UserId user_id, const std::string& hashes, Timestamp now
    );

private:
    db::Session& session_;
};

}  // namespace innergate::handlers
