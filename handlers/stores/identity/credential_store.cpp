#include "handlers/stores/identity/credential_store.hpp"

#include "app/db/session.hpp"

namespace innergate::handlers {
namespace {

constexpr db::Query kFindByKey{"credentials.find_by_key", R"sql(
    select keys.id, case when keys.type = 'DeployKey' then 1 else 0 end,
           keys.fingerprint_sha256, keys.last_used_at,
           users.id, users.username, users.state, users.encrypted_password,
           case when users.otp_required_for_login or exists (
               select 1
                 from webauthn_registrations
                where webauthn_registrations.user_id = users.id
           ) then 1 else 0 end
      from keys
      left join users on users.id = keys.user_id
     where keys.id = :key_id
       and keys.usage_type in (0, 1))sql"};

constexpr db::Query kFindByUser{"credentials.find_by_user", R"sql(
    select users.id, users.username, users.state, users.encrypted_password,
           case when users.otp_required_for_login or exists (
               select 1
                 from webauthn_registrations
                where webauthn_registrations.user_id = users.id
           ) then 1 else 0 end
      from users
     where users.id = :user_id)sql"};

constexpr db::Query kFindByUsername{"credentials.find_by_username", R"sql(
    select users.id, users.username, users.state, users.encrypted_password,
           case when users.otp_required_for_login or exists (
               select 1
                 from webauthn_registrations
                where webauthn_registrations.user_id = users.id
           ) then 1 else 0 end
      from users
     where lower(users.username) = lower(:username))sql"};

constexpr db::Query kTouchKey{
    "credentials.touch_key",
    R"sql(
    update keys
       set last_used_at = :now
     where id = :key_id
       and (last_used_at is null or last_used_at < :now))sql",
    db::Access::write,
};

constexpr db::Query kReplaceRecoveryCodes{
    "credentials.replace_recovery_codes",
    R"sql(
    update users
       set otp_backup_code_hashes = :hashes,
           updated_at = :now
     where id = :user_id
       and (otp_required_for_login or exists (
           select 1
             from webauthn_registrations
            where webauthn_registrations.user_id = users.id
       )))sql",
    db::Access::write,
};

template <class Binding>
Credentials fetch_user(db::Session& session, const db::Query& query, const Binding& selector) {
    CredentialUser user;
    const bool found = session.fetch_one(
        query,
        selector,
        soci::into(user.id.value),
        soci::into(user.username),
        soci::into(user.state),
        soci::into(user.encrypted_password),
        soci::into(user.is_two_factor_on)
    );
    return {.key = {}, .user = found ? std::optional{std::move(user)} : std::nullopt};
}

}  // namespace

Credentials CredentialStore::find_by_key(KeyId key_id) {
    CredentialKey key;
    std::optional<long long> user_id;
    std::optional<std::string> username;
    std::optional<std::string> state;
    std::optional<std::string> encrypted_password;
    bool is_two_factor_on = false;
    const bool found = session_.fetch_one(
        kFindByKey,
        soci::use(key_id.value, "key_id"),
        soci::into(key.id.value),
        soci::into(key.is_deploy_key),
        soci::into(key.fingerprint_sha256),
        soci::into(key.last_used_at),
        soci::into(user_id),
        soci::into(username),
        soci::into(state),
        soci::into(encrypted_password),
        soci::into(is_two_factor_on)
    );
    Credentials credentials;
    if (!found) {
        return credentials;
    }
    credentials.key = std::move(key);
    if (user_id) {
        credentials.user = CredentialUser{
            .id = UserId{*user_id},
            .username = username.value_or(""),
            .state = state.value_or(""),
            .encrypted_password = encrypted_password.value_or(""),
            .is_two_factor_on = is_two_factor_on,
        };
    }
    return credentials;
}

Credentials CredentialStore::find_by_user(UserId user_id) {
    return fetch_user(session_, kFindByUser, soci::use(user_id.value, "user_id"));
}

Credentials CredentialStore::find_by_username(std::string_view username) {
    const std::string name{username};
    return fetch_user(session_, kFindByUsername, soci::use(name, "username"));
}

void CredentialStore::touch_key(KeyId key_id, Timestamp now) {
    session_.execute(kTouchKey, soci::use(key_id.value, "key_id"), soci::use(now, "now"));
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
