// GET /internal/authorized_keys: is this public key known, and under which id?
#pragma once

#include <optional>
#include <string>

#include "app/clock.hpp"
#include "app/error.hpp"
#include "app/json/writer.hpp"
#include "app/params/schema.hpp"
#include "app/settings/settings.hpp"
#include "handlers/stores/key_store.hpp"

namespace innergate::handlers::shell {

struct AuthorizedKeysRequest {
    std::string key;
};

inline constexpr auto kAuthorizedKeysParams =
    params::schema<AuthorizedKeysRequest>(params::required(
        "key",
        &AuthorizedKeysRequest::key,
        "Base64 blob of the public key, without type and comment"
    ));

/// The key as sshd may put it into an authorized_keys line.
struct AuthorizedKey {
    KeyId id;
    std::string title;
    std::string key;  ///< type, blob and our own comment; one line
    Timestamp created_at;
    std::optional<Timestamp> expires_at;
    KeyUsage usage = KeyUsage::auth_and_signing;
};

/// Expired keys and blocked owners are answered like any other (the access check refuses them with
/// a reason), unless the setting says otherwise. Errors: not_found `404 Key Not Found`, also for
/// what is no key at all.
[[nodiscard]] Result<AuthorizedKey> authorized_keys(
    const AuthorizedKeysRequest& request,
    KeyStore& keys,
    const settings::Instance& instance,
    const settings::Access& access,
    const Clock& clock
);

/// `{"id":11,"title":"…","key":"ssh-rsa … Jane Doe (gitlab.example.com)","created_at":"…",
/// "expires_at":null,"usage_type":"auth_and_signing"}`
void write_json(json::Writer& writer, const AuthorizedKey& key);

}  // namespace innergate::handlers::shell
