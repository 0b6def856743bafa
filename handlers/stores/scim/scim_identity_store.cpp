#include "handlers/stores/scim/scim_identity_store.hpp"

#include "app/ascii.hpp"
#include "app/db/session.hpp"
#include "app/json/writer.hpp"
#include "handlers/domain/scim/echo_attribute.hpp"

namespace innergate::handlers {
namespace {

constexpr auto kIdentity = db::columns<ScimIdentity>(
    db::column("identities.id", &ScimIdentity::id),
    db::column("identities.user_id", &ScimIdentity::user_id),
    db::column("identities.extern_uid", &ScimIdentity::extern_uid),
    db::flag("identities.active", &ScimIdentity::is_active)
);

constexpr auto kFind = db::reading("scim_identities.find_by_extern_uid", "select", kIdentity, R"sql(
      from scim_identities as identities
     where coalesce(identities.group_id, 0) = :scope
       and lower(identities.extern_uid) = :extern_uid)sql");

constexpr auto kFindByAlias =
    db::reading("scim_identities.find_by_alias", "select", kIdentity, R"sql(
      from scim_identity_aliases as aliases
      join scim_identities as identities on identities.id = aliases.scim_identity_id
     where coalesce(aliases.group_id, 0) = :scope
       and lower(aliases.extern_uid) = :alias)sql");

constexpr auto kFindByUser = db::reading("scim_identities.find_by_user", "select", kIdentity, R"sql(
      from scim_identities as identities
     where coalesce(identities.group_id, 0) = :scope
       and identities.user_id = :user_id)sql");

constexpr db::Query kFindByUserName{"scim_identities.find_by_user_name", R"sql(
    select id
      from scim_identities
     where coalesce(group_id, 0) = :scope
       and lower(user_name) = :user_name
       and user_name is not null)sql"};

constexpr db::Query kAdd{
    "scim_identities.add",
    R"sql(
    insert into scim_identities (group_id, user_id, extern_uid, active, user_name, given_name,
                                 family_name, name_snapshot, created_at, updated_at)
    values (:group_id, :user_id, :extern_uid, :is_active, :user_name, :given_name, :family_name,
            :name_snapshot, :now, :now)
    returning id)sql",
    db::Access::write,
};

// If the provider does not send the pair of names again, the pair that it gave before stays. If it
// never gave one, there is no snapshot, and the parts are those of the account's name.
constexpr db::Query kReplace{
    "scim_identities.replace",
    R"sql(
    update scim_identities
       set active = :is_active,
           user_name = :user_name,
           given_name = case when :has_pair = 1 then :given_name else given_name end,
           family_name = case when :has_pair = 1 then :family_name else family_name end,
           name_snapshot = case when :has_pair = 1 then :name else name_snapshot end,
           updated_at = :now
     where id = :id)sql",
    db::Access::write,
};

constexpr db::Query kSetActive{
    "scim_identities.set_active",
    R"sql(
    update scim_identities
       set active = :is_active, updated_at = :now
     where id = :id)sql",
    db::Access::write,
};

constexpr db::Query kSetExternUid{
    "scim_identities.set_extern_uid",
    R"sql(
    update scim_identities
       set extern_uid = :extern_uid, updated_at = :now
     where id = :id)sql",
    db::Access::write,
};

constexpr db::Query kTouch{
    "scim_identities.touch",
    R"sql(
    update scim_identities
       set updated_at = :now
     where id = :id)sql",
    db::Access::write,
};

constexpr db::Query kRemove{
    "scim_identities.remove",
    R"sql(
    delete from scim_identities
     where id = :id)sql",
    db::Access::write,
};

constexpr db::Query kAddAliases{
    "scim_identity_aliases.add",
    R"sql(
    insert into scim_identity_aliases (scim_identity_id, group_id, extern_uid, created_at, updated_at)
    select identities.id, identities.group_id, given.value ->> 'alias', :now, :now
      from json_each(:aliases) as given
     cross join scim_identities as identities
     where identities.id = :id
       and not exists (
               select 1
                 from scim_identities as live
                where coalesce(live.group_id, 0) = :scope
                  and lower(live.extern_uid) = given.key
           )
     order by given.key
        on conflict do nothing)sql",
    db::Access::write,
};

constexpr db::Query kDropAlias{
    "scim_identity_aliases.drop",
    R"sql(
    delete from scim_identity_aliases
     where coalesce(group_id, 0) = :scope
       and lower(extern_uid) = :alias)sql",
    db::Access::write,
};

constexpr db::Query kDropAliases{
    "scim_identity_aliases.drop_all",
    R"sql(
    delete from scim_identity_aliases
     where scim_identity_id = :id)sql",
    db::Access::write,
};

struct AttributeRow {
    std::string name;
    std::string value;
};

constexpr auto kAttribute = db::columns<AttributeRow>(
    db::column("name", &AttributeRow::name), db::column("value", &AttributeRow::value)
);

constexpr auto kListAttributes =
    db::reading("scim_identity_attributes.list", "select", kAttribute, R"sql(
      from scim_identity_attributes
     where scim_identity_id = :id)sql");

constexpr db::Query kDropAttributes{
    "scim_identity_attributes.drop",
    R"sql(
    delete from scim_identity_attributes
     where scim_identity_id = :id
       and name not in (select key from json_each(:attributes)))sql",
    db::Access::write,
};

constexpr db::Query kPutAttributes{
    "scim_identity_attributes.put",
    R"sql(
    insert into scim_identity_attributes (scim_identity_id, name, value, created_at, updated_at)
    select :id, key, value ->> 'value', :now, :now
      from json_each(:attributes)
     where true
        on conflict (scim_identity_id, name) do update
       set value = excluded.value, updated_at = excluded.updated_at
     where scim_identity_attributes.value <> excluded.value)sql",
    db::Access::write,
};

/// `{"title":{"value":"Director"}}`. Both databases read the members of an object with the same
/// SQL.
std::string as_rows(const domain::scim::EchoAttributes& attributes) {
    std::string text;
    json::Writer writer{text};
    writer.begin_object();
    for (const auto& [attribute, value] : attributes) {
        writer.key(domain::scim::echo_name(attribute));
        writer.begin_object();
        writer.member("value", value);
        writer.end_object();
    }
    writer.end_object();
    return text;
}

/// `{"jane":{"alias":"Jane"}}`
std::string as_rows(const domain::scim::Aliases& aliases) {
    std::string text;
    json::Writer writer{text};
    writer.begin_object();
    for (const auto& [folded, alias] : aliases) {
        writer.key(folded);
        writer.begin_object();
        writer.member("alias", alias);
        writer.end_object();
    }
    writer.end_object();
    return text;
}

bool has_pair(const domain::scim::NewUser& user) {
    return user.given_name || user.family_name;
}

}  // namespace

std::optional<ScimIdentity> ScimIdentityStore::find(
    const ScimScope& scope, std::string_view extern_uid
) {
    const long long key = scope.key();
    const std::string folded = ascii::lower(extern_uid);
    return session_.fetch_row(kFind, soci::use(key, "scope"), soci::use(folded, "extern_uid"));
}

std::optional<ScimIdentity> ScimIdentityStore::find_by_alias(
    const ScimScope& scope, std::string_view alias
) {
    const long long key = scope.key();
    const std::string folded = ascii::lower(alias);
    return session_.fetch_row(kFindByAlias, soci::use(key, "scope"), soci::use(folded, "alias"));
}

std::optional<ScimIdentity> ScimIdentityStore::find_by_user(
    const ScimScope& scope, UserId user_id
) {
    const long long key = scope.key();
    return session_.fetch_row(
        kFindByUser, soci::use(key, "scope"), soci::use(user_id.value, "user_id")
    );
}

std::optional<ScimIdentityId> ScimIdentityStore::find_by_user_name(
    const ScimScope& scope, std::string_view user_name
) {
    const long long key = scope.key();
    const std::string folded = ascii::lower(user_name);
    ScimIdentityId id;
    const bool found = session_.fetch_one(
        kFindByUserName,
        soci::use(key, "scope"),
        soci::use(folded, "user_name"),
        soci::into(id.value)
    );
    return found ? std::optional{id} : std::nullopt;
}

ScimIdentityId ScimIdentityStore::add(
    const ScimScope& scope,
    UserId user_id,
    const std::string& extern_uid,
    const domain::scim::NewUser& user,
    Timestamp now
) {
    const auto group_id = scope.group_id ? std::optional{scope.group_id->value} : std::nullopt;
    const auto name_snapshot = has_pair(user) ? std::optional{user.name} : std::nullopt;
    ScimIdentityId id;
    drop_alias(scope, extern_uid);
    session_.fetch_one(
        kAdd,
        soci::use(group_id, "group_id"),
        soci::use(user_id.value, "user_id"),
        soci::use(extern_uid, "extern_uid"),
        soci::use(user.active, "is_active"),
        soci::use(user.user_name, "user_name"),
        soci::use(user.given_name, "given_name"),
        soci::use(user.family_name, "family_name"),
        soci::use(name_snapshot, "name_snapshot"),
        soci::use(now, "now"),
        soci::into(id.value)
    );
    set_echo_attributes(id, user.echo_attributes, now);
    return id;
}

void ScimIdentityStore::replace(
    ScimIdentityId id, const domain::scim::NewUser& user, Timestamp now
) {
    session_.execute(
        kReplace,
        soci::use(user.active, "is_active"),
        soci::use(user.user_name, "user_name"),
        soci::use(has_pair(user), "has_pair"),
        soci::use(user.given_name, "given_name"),
        soci::use(user.family_name, "family_name"),
        soci::use(user.name, "name"),
        soci::use(now, "now"),
        soci::use(id.value, "id")
    );
    set_echo_attributes(id, user.echo_attributes, now);
}

void ScimIdentityStore::set_active(ScimIdentityId id, bool is_active, Timestamp now) {
    session_.execute(
        kSetActive,
        soci::use(is_active, "is_active"),
        soci::use(now, "now"),
        soci::use(id.value, "id")
    );
}

void ScimIdentityStore::set_extern_uid(
    const ScimScope& scope, ScimIdentityId id, const std::string& extern_uid, Timestamp now
) {
    drop_alias(scope, extern_uid);
    session_.execute(
        kSetExternUid,
        soci::use(extern_uid, "extern_uid"),
        soci::use(now, "now"),
        soci::use(id.value, "id")
    );
}

void ScimIdentityStore::touch(ScimIdentityId id, Timestamp now) {
    session_.execute(kTouch, soci::use(now, "now"), soci::use(id.value, "id"));
}

void ScimIdentityStore::add_aliases(
    const ScimScope& scope, ScimIdentityId id, const domain::scim::Aliases& aliases, Timestamp now
) {
    if (aliases.empty()) {
        return;
    }
    const long long key = scope.key();
    const std::string rows = as_rows(aliases);
    session_.execute(
        kAddAliases,
        soci::use(now, "now"),
        soci::use(rows, "aliases"),
        soci::use(id.value, "id"),
        soci::use(key, "scope")
    );
}

void ScimIdentityStore::drop_alias(const ScimScope& scope, std::string_view alias) {
    const long long key = scope.key();
    const std::string folded = ascii::lower(alias);
    session_.execute(kDropAlias, soci::use(key, "scope"), soci::use(folded, "alias"));
}

void ScimIdentityStore::drop_aliases(ScimIdentityId id) {
    session_.execute(kDropAliases, soci::use(id.value, "id"));
}

domain::scim::EchoAttributes ScimIdentityStore::echo_attributes(ScimIdentityId id) {
    domain::scim::EchoAttributes attributes;
    for (AttributeRow& row : session_.fetch_rows(kListAttributes, soci::use(id, "id"))) {
        if (const auto attribute = domain::scim::find_echo_attribute(row.name)) {
            attributes.emplace(attribute->attribute, std::move(row.value));
        }
    }
    return attributes;
}

void ScimIdentityStore::set_echo_attributes(
    ScimIdentityId id, const domain::scim::EchoAttributes& attributes, Timestamp now
) {
    const std::string rows = as_rows(attributes);
    session_.execute(kDropAttributes, soci::use(id.value, "id"), soci::use(rows, "attributes"));
    session_.execute(
        kPutAttributes,
        soci::use(id.value, "id"),
        soci::use(now, "now"),
        soci::use(rows, "attributes")
    );
}

void ScimIdentityStore::remove(ScimIdentityId id) {
    session_.execute(kRemove, soci::use(id.value, "id"));
}

}  // namespace innergate::handlers
