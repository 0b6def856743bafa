#include "handlers/stores/identity/credential_store.hpp"

#include "app/db/session.hpp"

namespace innergate::handlers {
namespace {

/// The second factor is a one-time password or a security key.
constexpr auto kHasTwoFactor = db::sql(R"sql(
           users.otp_required_for_login or exists (
               select 1
                 from webauthn_registrations
                where webauthn_registrations.user_id = users.id
           ))sql");

constexpr auto kUser = db::columns<CredentialUser>(
    db::column("users.id", &CredentialUser::id),
    db::column("users.username", &CredentialUser::username),
    db::column("users.state", &CredentialUser::state),
    db::column("users.encrypted_password", &CredentialUser::encrypted_password),
    db::flag(kHasTwoFactor, &CredentialUser::is_two_factor_on)
);

struct OwnedKey {
    CredentialKey key;
    std::optional<UserId> user_id;
    CredentialUser user;
};

// The owner may be gone.
constexpr auto kOwnedKey = db::columns<OwnedKey>(
    db::column("keys.id", &OwnedKey::key, &CredentialKey::id),
    db::flag("keys.type = 'DeployKey'", &OwnedKey::key, &CredentialKey::is_deploy_key),
    db::column("keys.fingerprint_sha256", &OwnedKey::key, &CredentialKey::fingerprint_sha256),
    db::column("keys.last_used_at", &OwnedKey::key, &CredentialKey::last_used_at),
    db::column("users.id", &OwnedKey::user_id),
    db::column("coalesce(users.username, '')", &OwnedKey::user, &CredentialUser::username),
    db::column("coalesce(users.state, '')", &OwnedKey::user, &CredentialUser::state),
    db::column(
        "coalesce(users.encrypted_password, '')",
        &OwnedKey::user,
        &CredentialUser::encrypted_password
    ),
    db::flag(kHasTwoFactor, &OwnedKey::user, &CredentialUser::is_two_factor_on)
);

constexpr auto kFindByKey = db::reading("credentials.find_by_key", "select", kOwnedKey, R"sql(
      from keys
      left join users on users.id = keys.user_id
     where keys.id = :key_id
       and keys.usage_type in (0, 1))sql");

constexpr auto kFindByUser = db::reading(
    "credentials.find_by_user", "select", kUser, "from users where users.id = :user_id"
);

constexpr auto kFindByUsername = db::reading(
    "credentials.find_by_username",
    "select",
    kUser,
    "from users where lower(users.username) = lower(:username)"
);

constexpr auto kReplaceRecoveryCodes = db::writing(
    "credentials.replace_recovery_codes",
    R"sql(
    update users
       set otp_backup_code_hashes = :hashes,
           updated_at = :now
     where id = :user_id
       and ()sql",
    kHasTwoFactor,
    ")"
);

}  // namespace

Credentials CredentialStore::find_by_key(KeyId key_id) {
    std::optional<OwnedKey> found = session_.fetch_row(kFindByKey, soci::use(key_id, "key_id"));
    Credentials credentials;
    if (!found) {
        return credentials;
    }
    credentials.key = std::move(found->key);
    if (found->user_id) {
        found->user.id = *found->user_id;
        credentials.user = std::move(found->user);
    }
    return credentials;
}

Credentials CredentialStore::find_by_user(UserId user_id) {
    return {.key = {}, .user = session_.fetch_row(kFindByUser, soci::use(user_id, "user_id"))};
}

Credentials CredentialStore::find_by_username(std::string_view username) {
    const std::string name{username};
    return {.key = {}, .user = session_.fetch_row(kFindByUsername, soci::use(name, "username"))};
}

bool CredentialStore::replace_recovery_codes(
    UserId user_id, const std::string& hashes, Timestamp now
) {
    return session_.execute(
               kReplaceRecoveryCodes,
               soci::use(hashes, "hashes"),
               soci::use(now, "now"),
               soci::use(user_id.value, "user_id")
           ) == 1;
}

}  // namespace innergate::handlers
