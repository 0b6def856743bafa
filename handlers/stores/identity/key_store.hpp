// SSH keys, those of users and deploy keys alike: they share one id space.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "app/clock.hpp"
#include "app/ids.hpp"

namespace innergate::db {
class Session;
}

namespace innergate::handlers {

enum class KeyUsage { auth_and_signing = 0, auth = 1, signing = 2 };

/// `auth_and_signing`, `auth` or `signing`, as the API spells them.
[[nodiscard]] std::string_view to_string(KeyUsage usage);

struct Key {
    KeyId id;
    std::string title;
    std::string key;  ///< type, blob and comment, as stored
    Timestamp created_at;
    std::optional<Timestamp> expires_at;
    KeyUsage usage = KeyUsage::auth_and_signing;
    std::optional<std::string> owner_name;  ///< nothing for a deploy key whose creator is gone
    bool owner_is_active = false;
};

class KeyStore {
public:
    explicit KeyStore(db::Session& session) : session_(session) {}

    /// A key that may authenticate. `fingerprint_sha256`: base64 without padding.
    [[nodiscard]] std::optional<Key> find_by_fingerprint(std::string_view fingerprint_sha256);

    /// Remembers that the key was used, unless a use within the last `interval` is known. False: it
    /// was not written, for that reason or because there is no such key.
    bool touch(KeyId id, Timestamp now, std::chrono::seconds interval);

private:
    db::Session& session_;
};

}  // namespace innergate::handlers
