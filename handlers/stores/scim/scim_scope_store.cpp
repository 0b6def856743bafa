#include "handlers/stores/scim/scim_scope_store.hpp"

#include "app/ascii.hpp"
#include "app/db/session.hpp"

namespace innergate::handlers {
namespace {

// Weaker than `for update`: rows that refer to the group can still be added by others. SQLite has
// one writer at a time.
constexpr db::Query kLockGroup{
    "scim_scopes.lock_group",
    R"sql(
    select id
      from namespaces
     where id = :group_id
       for no key update)sql",
    db::Access::write,
    db::Dialect::postgresql,
};

constexpr db::Query kLockInstance{
    "scim_scopes.lock_instance",
    R"sql(
    select id
      from application_settings
     where id = 1
       for no key update)sql",
    db::Access::write,
    db::Dialect::postgresql,
};

constexpr auto kGroup = db::columns<ScimScope>(
    db::column("namespaces.id", &ScimScope::group_id),
    db::column("namespaces.name", &ScimScope::group_name),
    db::column("providers.id", &ScimScope::saml_provider_id),
    db::flag("coalesce(providers.enforced_sso, false)", &ScimScope::enforces_sso),
    db::column(
        "coalesce(providers.default_membership_role, 10)", &ScimScope::default_membership_role
    )
);

constexpr auto kFindGroup = db::reading("scim_scopes.find_group", "select", kGroup, R"sql(
      from namespaces
      left join saml_providers as providers on providers.group_id = namespaces.id
     where namespaces.id = :group_id)sql");

constexpr db::Query kAllowsDomain{"scim_scopes.allows_domain", R"sql(
    select case when not exists (
                         select 1 from allowed_email_domains where group_id = :group_id
                     )
                  or exists (
                         select 1
                           from allowed_email_domains
                          where group_id = :group_id
                            and lower(domain) = :domain
                     )
                then 1 else 0 end)sql"};

}  // namespace

std::optional<ScimScope> ScimScopeStore::lock(const auth::ScimCaller& caller) {
    const bool has_row_locks = session_.dialect() == db::Dialect::postgresql;
    long long locked = 0;
    if (!caller.group_id) {
        if (has_row_locks) {
            session_.fetch_one(kLockInstance, soci::into(locked));
        }
        return ScimScope{};
    }
    if (has_row_locks) {
        session_.fetch_one(
            kLockGroup, soci::use(caller.group_id->value, "group_id"), soci::into(locked)
        );
    }
    // This is a statement of its own, so it sees what others changed while we waited for the lock.
    return session_.fetch_row(kFindGroup, soci::use(*caller.group_id, "group_id"));
}

bool ScimScopeStore::allows_email(const ScimScope& scope, std::string_view email) {
    if (!scope.group_id) {
        return true;
    }
    const std::string domain = ascii::lower(email.substr(email.rfind('@') + 1));
    bool is_allowed = false;
    session_.fetch_one(
        kAllowsDomain,
        soci::use(scope.group_id->value, "group_id"),
        soci::use(domain, "domain"),
        soci::into(is_allowed)
    );
    return is_allowed;
}

}  // namespace innergate::handlers
