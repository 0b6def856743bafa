// GET /internal/authorized_keys: is this public key known, and under which id?
#pragma once

#include <optional>
#include <string>

#include "app/clock.hpp"
#include "app/error.hpp"
#include "app/json/shape.hpp"
#include "app/params/schema.hpp"
#include "app/settings/access.hpp"
#include "app/settings/instance.hpp"
#include "handlers/stores/identity/key_store.hpp"

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

constexpr auto shape_of(std::type_identity<AuthorizedKey> /*type*/) {
    return shape::object<AuthorizedKey>(
        shape::member("id", &AuthorizedKey::id, "The key's id"),
        shape::member("title", &AuthorizedKey::title, "The key's title"),
        shape::member(
            "key",
            &AuthorizedKey::key,
            "Type and blob, with the owner's name and the instance's host as comment"
        ),
        shape::member("created_at", &AuthorizedKey::created_at, "When it was added"),
        shape::member("expires_at", &AuthorizedKey::expires_at, "When it expires; null: never"),
        shape::member(
            "usage_type",
            [](const AuthorizedKey& key) { return to_string(key.usage); },
            shape::Doc{"What it may be used for"}.one_of("auth_and_signing", "auth", "signing")
        )
    );
}

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

}  // namespace innergate::handlers::shell
