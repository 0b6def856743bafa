#include "handlers/stores/identity/actor_store.hpp"

#include <array>
#include <chrono>

#include "app/db/session.hpp"
#include "handlers/domain/git_access/branch_protection_defaults.hpp"

namespace innergate::handlers {
namespace {

namespace git_access = domain::git_access;

// One statement whoever is named, so that an answer costs one round trip. A deploy key's owner may
// be gone, and then the key stands alone.
constexpr db::Query kFind{"actors.find", R"sql(
    select keys.id, case when keys.type = 'DeployKey' then 1 else 0 end, coalesce(keys.key, ''),
           keys.expires_at, keys.last_used_at,
           users.id, coalesce(users.username, ''), coalesce(users.state, ''),
           coalesce(users.user_type, 0),
           case when users.admin then 1 else 0 end,
           case when users.external then 1 else 0 end,
           case when users.confirmed_at is null then 0 else 1 end,
           users.locked_at,
           case when users.accepted_term_id is null then 0 else 1 end,
           case when users.password_automatically_set then 1 else 0 end,
           case when exists (
               select 1 from identities where identities.user_id = users.id
           ) then 1 else 0 end,
           users.password_expires_at, users.last_activity_on,
           coalesce(settings.enabled_git_access_protocol, ''),
           case when settings.enforce_terms then 1 else 0 end,
           case when settings.maintenance_mode then 1 else 0 end,
           case when settings.lfs_enabled then 1 else 0 end,
           coalesce(settings.receive_max_input_size, 0), settings.file_size_limit_mb,
           settings.gitlab_shell_operation_limit,
           settings.rsa_key_restriction, settings.dsa_key_restriction,
           settings.ecdsa_key_restriction, settings.ed25519_key_restriction,
           settings.ecdsa_sk_key_restriction, settings.ed25519_sk_key_restriction,
           coalesce(settings.default_branch_protection_defaults, '')
      from application_settings as settings
      left join keys on keys.id = :key_id and keys.usage_type in (0, 1)
      left join users on users.id = coalesce(
               keys.user_id,
               :user_id,
               (select id from users where lower(username) = lower(:username))
           )
     where settings.id = 1)sql"};

constexpr db::Query kTouchKey{
    "actors.touch_key",
    R"sql(
    update keys
       set last_used_at = :now
     where id = :key_id
       and (last_used_at is null or last_used_at < :a_day_ago))sql",
    db::Access::write};

constexpr db::Query kTouchUser{
    "actors.touch_user",
    R"sql(
    update users
       set last_activity_on = :today
     where id = :user_id
       and (last_activity_on is null or last_activity_on <> :today))sql",
    db::Access::write};

git_access::UserState user_state(std::string_view state) {
    using git_access::UserState;
    static constexpr std::array<std::pair<std::string_view, UserState>, 6> kStates{{
        {"active", UserState::active},
        {"blocked", UserState::blocked},
        {"ldap_blocked", UserState::ldap_blocked},
        {"blocked_pending_approval", UserState::blocked_pending_approval},
        {"banned", UserState::banned},
        {"deactivated", UserState::deactivated},
    }};
    for (const auto& [name, known] : kStates) {
        if (name == state) {
            return known;
        }
    }
    // A state from a newer schema: whoever it is, not somebody to let in.
    return UserState::blocked;
}

}  // namespace

ActorFacts ActorStore::fetch(
    std::optional<long long> key_id,
    std::optional<long long> user_id,
    const std::optional<std::string>& username
) {
    ActorFacts facts;
    git_access::KeyFacts key;
    git_access::UserFacts user;
    git_access::InstanceFacts& instance = facts.instance;
    git_access::KeyRestrictions& restrictions = instance.key_restrictions;
    std::optional<long long> found_key;
    std::optional<long long> found_user;
    std::string state;
    std::string defaults;
    session_.fetch_one(
        kFind,
        soci::use(key_id, "key_id"),
        soci::use(user_id, "user_id"),
        soci::use(username, "username"),
        soci::into(found_key),
        soci::into(key.is_deploy_key),
        soci::into(key.key),
        soci::into(key.expires_at),
        soci::into(key.last_used_at),
        soci::into(found_user),
        soci::into(user.username),
        soci::into(state),
        soci::into(user.user_type),
        soci::into(user.is_admin),
        soci::into(user.is_external),
        soci::into(user.is_email_confirmed),
        soci::into(user.locked_at),
        soci::into(user.has_accepted_terms),
        soci::into(user.is_password_automatically_set),
        soci::into(user.has_identity),
        soci::into(user.password_expires_at),
        soci::into(facts.last_activity_on),
        soci::into(instance.enabled_git_access_protocol),
        soci::into(instance.enforces_terms),
        soci::into(instance.is_read_only),
        soci::into(instance.is_lfs_enabled),
        soci::into(instance.receive_max_input_size_mb),
        soci::into(instance.file_size_limit_mb),
        soci::into(instance.operation_limit_per_minute),
        soci::into(restrictions.rsa),
        soci::into(restrictions.dsa),
        soci::into(restrictions.ecdsa),
        soci::into(restrictions.ed25519),
        soci::into(restrictions.ecdsa_sk),
        soci::into(restrictions.ed25519_sk),
        soci::into(defaults)
    );
    if (auto parsed = git_access::parse_branch_protection_defaults(defaults)) {
        instance.branch_protection_defaults = std::move(*parsed);
    }
    if (found_key) {
        key.id = KeyId{*found_key};
        facts.actor.key = std::move(key);
    }
    if (found_user) {
        user.id = UserId{*found_user};
        user.state = user_state(state);
        facts.actor.user = std::move(user);
    }
    return facts;
}

ActorFacts ActorStore::find_by_key(KeyId key_id) {
    return fetch(key_id.value, std::nullopt, std::nullopt);
}

ActorFacts ActorStore::find_by_user(UserId user_id) {
    return fetch(std::nullopt, user_id.value, std::nullopt);
}

ActorFacts ActorStore::find_by_username(std::string_view username) {
    return fetch(std::nullopt, std::nullopt, std::string{username});
}

ActorFacts ActorStore::anonymous() {
    return fetch(std::nullopt, std::nullopt, std::nullopt);
}

bool ActorStore::touch_key(KeyId key_id, Timestamp now) {
    const Timestamp a_day_ago = now - std::chrono::hours{24};
    return session_.execute(
               kTouchKey,
               soci::use(now, "now"),
               soci::use(a_day_ago, "a_day_ago"),
               soci::use(key_id.value, "key_id")
           ) > 0;
}

bool ActorStore::touch_user(UserId user_id, Date today) {
    return session_.execute(
               kTouchUser, soci::use(today, "today"), soci::use(user_id.value, "user_id")
           ) > 0;
}

}  // namespace innergate::handlers
