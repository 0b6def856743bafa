#include "handlers/stores/identity/actor_store.hpp"

#include <array>
#include <chrono>

#include "app/db/session.hpp"
#include "handlers/domain/git_access/branch_protection_defaults.hpp"

namespace innergate::handlers {
namespace {

namespace git_access = domain::git_access;
using git_access::InstanceFacts;
using git_access::KeyFacts;
using git_access::KeyRestrictions;
using git_access::UserFacts;

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
    // The state comes from a newer schema. Such a user is not let in.
    return UserState::blocked;
}

struct Row {
    std::optional<KeyId> key_id;
    KeyFacts key;
    std::optional<UserId> user_id;
    UserFacts user;
    std::optional<Date> last_activity_on;
    InstanceFacts instance;
    std::string branch_protection_defaults;
};

constexpr auto kKey = db::columns<KeyFacts>(
    db::flag("keys.type = 'DeployKey'", &KeyFacts::is_deploy_key),
    db::column("coalesce(keys.key, '')", &KeyFacts::key),
    db::column("keys.expires_at", &KeyFacts::expires_at),
    db::column("keys.last_used_at", &KeyFacts::last_used_at)
);

constexpr auto kUser = db::columns<UserFacts>(
    db::column("coalesce(users.username, '')", &UserFacts::username),
    db::converted("coalesce(users.state, '')", user_state, &UserFacts::state),
    db::column("coalesce(users.user_type, 0)", &UserFacts::user_type),
    db::flag("users.admin", &UserFacts::is_admin),
    db::flag("users.external", &UserFacts::is_external),
    db::flag("users.confirmed_at is not null", &UserFacts::is_email_confirmed),
    db::column("users.locked_at", &UserFacts::locked_at),
    db::flag("users.accepted_term_id is not null", &UserFacts::has_accepted_terms),
    db::flag("users.password_automatically_set", &UserFacts::is_password_automatically_set),
    db::flag(
        "exists (select 1 from identities where identities.user_id = users.id)",
        &UserFacts::has_identity
    ),
    db::column("users.password_expires_at", &UserFacts::password_expires_at)
);

constexpr auto kKeyRestrictions = db::columns<KeyRestrictions>(
    db::column("settings.rsa_key_restriction", &KeyRestrictions::rsa),
    db::column("settings.dsa_key_restriction", &KeyRestrictions::dsa),
    db::column("settings.ecdsa_key_restriction", &KeyRestrictions::ecdsa),
    db::column("settings.ed25519_key_restriction", &KeyRestrictions::ed25519),
    db::column("settings.ecdsa_sk_key_restriction", &KeyRestrictions::ecdsa_sk),
    db::column("settings.ed25519_sk_key_restriction", &KeyRestrictions::ed25519_sk)
);

constexpr auto kInstance = db::columns<InstanceFacts>(
    db::column(
        "coalesce(settings.enabled_git_access_protocol, '')",
        &InstanceFacts::enabled_git_access_protocol
    ),
    db::flag("settings.enforce_terms", &InstanceFacts::enforces_terms),
    db::flag("settings.maintenance_mode", &InstanceFacts::is_read_only),
    db::flag("settings.lfs_enabled", &InstanceFacts::is_lfs_enabled),
    db::column(
        "coalesce(settings.receive_max_input_size, 0)", &InstanceFacts::receive_max_input_size_mb
    ),
    db::column("settings.file_size_limit_mb", &InstanceFacts::file_size_limit_mb),
    db::column("settings.gitlab_shell_operation_limit", &InstanceFacts::operation_limit_per_minute),
    db::within(&InstanceFacts::key_restrictions, kKeyRestrictions)
);

constexpr auto kColumns = db::columns<Row>(
    db::column("keys.id", &Row::key_id),
    db::within(&Row::key, kKey),
    db::column("users.id", &Row::user_id),
    db::within(&Row::user, kUser),
    db::column("users.last_activity_on", &Row::last_activity_on),
    db::within(&Row::instance, kInstance),
    db::column(
        "coalesce(settings.default_branch_protection_defaults, '')",
        &Row::branch_protection_defaults
    )
);

// One statement serves all ways to name somebody, so that an answer costs one round trip. A deploy
// key's owner may be gone, and then the key stands alone.
constexpr auto kFind = db::reading("actors.find", "select", kColumns, R"sql(
      from application_settings as settings
      left join keys on keys.id = :key_id and keys.usage_type in (0, 1)
      left join users on users.id = coalesce(
               keys.user_id,
               :user_id,
               (select id from users where lower(username) = lower(:username))
           )
     where settings.id = 1)sql");

constexpr db::Query kTouchUser{
    "actors.touch_user",
    R"sql(
    update users
       set last_activity_on = :today
     where id = :user_id
       and (last_activity_on is null or last_activity_on <> :today))sql",
    db::Access::write};

}  // namespace

ActorFacts ActorStore::fetch(
    std::optional<long long> key_id,
    std::optional<long long> user_id,
    const std::optional<std::string>& username
) {
    ActorFacts facts;
    std::optional<Row> row = session_.fetch_row(
        kFind,
        soci::use(key_id, "key_id"),
        soci::use(user_id, "user_id"),
        soci::use(username, "username")
    );
    if (!row) {
        return facts;
    }
    facts.instance = std::move(row->instance);
    facts.last_activity_on = row->last_activity_on;
    if (auto parsed =
            git_access::parse_branch_protection_defaults(row->branch_protection_defaults)) {
        facts.instance.branch_protection_defaults = std::move(*parsed);
    }
    if (row->key_id) {
        row->key.id = *row->key_id;
        facts.actor.key = std::move(row->key);
    }
    if (row->user_id) {
        row->user.id = *row->user_id;
        facts.actor.user = std::move(row->user);
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

bool ActorStore::touch_user(UserId user_id, Date today) {
    return session_.execute(
               kTouchUser, soci::use(today, "today"), soci::use(user_id.value, "user_id")
           ) > 0;
}

}  // namespace innergate::handlers
