#include "handlers/stores/scim/scim_account_store.hpp"

#include "app/ascii.hpp"
#include "app/auth/password_hash.hpp"
#include "app/db/session.hpp"
#include "app/encoding/digest.hpp"

namespace innergate::handlers {
namespace {

constexpr db::Query kFindBySaml{"scim_accounts.find_by_saml", R"sql(
    select users.id
      from identities
      join users on users.id = identities.user_id
     where identities.provider = :provider
       and coalesce(identities.saml_provider_id, 0) = :saml_provider_id
       and lower(identities.extern_uid) = :extern_uid
       and users.user_type = 0)sql"};

constexpr auto kOwner = db::columns<EmailOwner>(
    db::column("owners.id", &EmailOwner::user_id),
    db::flag("owners.user_type = 0", &EmailOwner::is_human)
);

constexpr auto kFindByEmail = db::reading("scim_accounts.find_by_email", "select", kOwner, R"sql(
      from (select 1 as place, id, user_type
              from users
             where lower(email) = :email
             union all
            select 2, users.id, users.user_type
              from emails
              join users on users.id = emails.user_id
             where lower(emails.email) = :email
               and emails.confirmed_at is not null
           ) as owners
     order by owners.place
     limit 1)sql");

// Weaker than `for update`: others can still add rows that refer to the account.
constexpr db::Query kLock{
    "scim_accounts.lock",
    R"sql(
    select id
      from users
     where id = :user_id
       for no key update)sql",
    db::Access::write,
    db::Dialect::postgresql,
};

constexpr db::Query kFind{"scim_accounts.find", R"sql(
    select id
      from users
     where id = :user_id)sql"};

// Counts no further than it must. A path without a slash belongs to a group or a person.
constexpr db::Query kFindFreeNumber{"scim_accounts.find_free_number", R"sql(
    with recursive candidates(number, taken) as (
        select 0,
               (select count(*) from users where lower(username) = :stem) +
               (select count(*) from routes where lower(path) = :stem)
        union all
        select number + 1,
               (select count(*) from users
                 where lower(username) = :stem || cast(number + 1 as text)) +
               (select count(*) from routes
                 where lower(path) = :stem || cast(number + 1 as text))
          from candidates
         where taken > 0
    )
    select number
      from candidates
     where taken = 0)sql"};

constexpr db::Query kAddUser{
    "scim_accounts.add_user",
    R"sql(
    insert into users (username, name, email, state, scim_blocked, confirmed_at, encrypted_password,
                       password_automatically_set, provisioned_by_group_id, provisioned_by_scim,
                       created_at, updated_at)
    values (:username, :name, :email, :state, :is_blocked, :now, :encrypted_password, true,
            :group_id, :by_instance, :now, :now)
    returning id)sql",
    db::Access::write,
};

constexpr db::Query kAddNamespace{
    "scim_accounts.add_namespace",
    R"sql(
    insert into namespaces (type, owner_id, name, path, created_at, updated_at)
    values ('User', :user_id, :name, :path, :now, :now)
    returning id)sql",
    db::Access::write,
};

constexpr db::Query kAddRoute{
    "scim_accounts.add_route",
    R"sql(
    insert into routes (source_type, source_id, path, created_at, updated_at)
    values ('Namespace', :namespace_id, :path, :now, :now))sql",
    db::Access::write,
};

// Whatever had this path before, the path leads to the new namespace from now on.
constexpr db::Query kDropRedirect{
    "scim_accounts.drop_redirect",
    R"sql(
    delete from redirect_routes
     where lower(path) = :path)sql",
    db::Access::write,
};

/// Nobody is told the password, so nobody can guess it from a leaked hash, however cheap it is.
std::string unknown_password_hash() {
    constexpr std::size_t kPasswordBytes = 32;
    constexpr unsigned kLeastCost = 4;
    return auth::password_hash(encoding::hex(encoding::random_bytes(kPasswordBytes)), kLeastCost);
}

}  // namespace

std::optional<UserId> ScimAccountStore::find_by_saml(
    const ScimScope& scope, std::string_view extern_uid
) {
    const std::string provider = scope.saml_provider_name();
    const long long saml_provider_id = scope.saml_provider_id.value_or(0);
    const std::string folded = ascii::lower(extern_uid);
    UserId user_id;
    const bool found = session_.fetch_one(
        kFindBySaml,
        soci::use(provider, "provider"),
        soci::use(saml_provider_id, "saml_provider_id"),
        soci::use(folded, "extern_uid"),
        soci::into(user_id.value)
    );
    return found ? std::optional{user_id} : std::nullopt;
}

std::optional<EmailOwner> ScimAccountStore::find_by_email(std::string_view email) {
    const std::string folded = ascii::lower(email);
    return session_.fetch_row(kFindByEmail, soci::use(folded, "email"));
}

bool ScimAccountStore::lock(UserId user_id) {
    long long id = 0;
    return session_.fetch_one(
        session_.dialect() == db::Dialect::postgresql ? kLock : kFind,
        soci::use(user_id.value, "user_id"),
        soci::into(id)
    );
}

UserId ScimAccountStore::add(
    const ScimScope& scope, const domain::scim::NewUser& user, Timestamp now
) {
    const std::string username = free_username(user.user_name);
    const std::string encrypted_password = unknown_password_hash();
    const auto group_id = scope.group_id ? std::optional{scope.group_id->value} : std::nullopt;
    const bool is_by_instance = !scope.group_id;
    const bool is_blocked = is_by_instance && !user.active;
    const std::string state = is_blocked ? "blocked" : "active";
    UserId user_id;
    session_.fetch_one(
        kAddUser,
        soci::use(username, "username"),
        soci::use(user.name, "name"),
        soci::use(user.email, "email"),
        soci::use(state, "state"),
        soci::use(is_blocked, "is_blocked"),
        soci::use(now, "now"),
        soci::use(encrypted_password, "encrypted_password"),
        soci::use(group_id, "group_id"),
        soci::use(is_by_instance, "by_instance"),
        soci::into(user_id.value)
    );
    add_personal_namespace(user_id, username, user.name, now);
    return user_id;
}

std::string ScimAccountStore::free_username(std::string_view user_name) {
    const std::string stem = domain::scim::username_stem(user_name);
    const std::string folded = ascii::lower(stem);
    int number = 0;
    session_.fetch_one(kFindFreeNumber, soci::use(folded, "stem"), soci::into(number));
    return number == 0 ? stem : stem + std::to_string(number);
}

void ScimAccountStore::add_personal_namespace(
    UserId user_id, const std::string& username, const std::string& name, Timestamp now
) {
    long long namespace_id = 0;
    session_.fetch_one(
        kAddNamespace,
        soci::use(user_id.value, "user_id"),
        soci::use(name, "name"),
        soci::use(username, "path"),
        soci::use(now, "now"),
        soci::into(namespace_id)
    );
    session_.execute(
        kAddRoute,
        soci::use(namespace_id, "namespace_id"),
        soci::use(username, "path"),
        soci::use(now, "now")
    );
    const std::string folded = ascii::lower(username);
    session_.execute(kDropRedirect, soci::use(folded, "path"));
}

}  // namespace innergate::handlers
