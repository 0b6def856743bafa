#include "handlers/stores/scim/scim_user_store.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "app/ascii.hpp"
#include "app/db/session.hpp"
#include "app/json/reader.hpp"
#include "handlers/domain/scim/echo_attribute.hpp"
#include "handlers/domain/scim/new_user.hpp"
#include "handlers/stores/scim/scim_user_sql.hpp"

namespace innergate::handlers {
namespace {

using domain::scim::User;

constexpr db::Query kFindOtherwiseNamed{"scim_identities.find_otherwise_named", R"sql(
    select coalesce(
               (select live.id
                  from scim_identities as live
                 where coalesce(live.group_id, 0) = :scope
                   and lower(live.extern_uid) = :name),
               (select named.id
                  from users
                  join scim_identities as named on named.user_id = users.id
                 where lower(users.username) = :name
                   and coalesce(named.group_id, 0) = :scope),
               (select reached.id
                  from users
                  join scim_identities as reached on reached.user_id = users.id
                 where lower(users.email) = :name
                   and coalesce(reached.group_id, 0) = :scope)
           ))sql"};

/// Put together once: the statement is known by the address of its text.
const db::Query& find_query(db::Dialect dialect) {
    static const std::string sqlite_text = find_user_sql(db::Dialect::sqlite);
    static const std::string postgresql_text = find_user_sql(db::Dialect::postgresql);
    static const db::Query on_sqlite{
        "scim_identities.find_on_sqlite", sqlite_text, db::Access::read, db::Dialect::sqlite};
    static const db::Query on_postgresql{
        "scim_identities.find", postgresql_text, db::Access::read, db::Dialect::postgresql};
    return dialect == db::Dialect::sqlite ? on_sqlite : on_postgresql;
}

/// What a row is read into: the columns of all statements in scim_user_sql.
struct Columns {
    std::optional<std::string> id;
    bool is_active = false;
    std::optional<std::string> user_name;
    std::optional<std::string> name;
    bool has_own_parts = false;
    std::optional<std::string> given_name;
    std::optional<std::string> family_name;
    std::optional<std::string> email;
    std::optional<Timestamp> created_at;
    std::optional<Timestamp> updated_at;
    std::optional<Timestamp> user_updated_at;
    std::optional<std::string> echo_attributes;
};

domain::scim::EchoAttributes read_echo_attributes(const std::optional<std::string>& document) {
    domain::scim::EchoAttributes attributes;
    const auto parsed = json::parse(document.value_or("{}"));
    const json::Object* const members = parsed ? parsed->object() : nullptr;
    if (members == nullptr) {
        return attributes;
    }
    for (const json::Member& member : *members) {
        const auto attribute = domain::scim::find_echo_attribute(member.name);
        if (attribute && member.value.string() != nullptr) {
            attributes.emplace(attribute->attribute, *member.value.string());
        }
    }
    return attributes;
}

User as_user(Columns&& columns) {
    User user{
        .id = std::move(columns.id).value_or(""),
        .active = columns.is_active,
        .user_name = std::move(columns.user_name).value_or(""),
        .name = std::move(columns.name).value_or(""),
        .given_name = std::move(columns.given_name),
        .family_name = std::move(columns.family_name),
        .email = std::move(columns.email).value_or(""),
        .created = columns.created_at.value_or(Timestamp{}),
        .last_modified = std::max(
            columns.updated_at.value_or(Timestamp{}), columns.user_updated_at.value_or(Timestamp{})
        ),
        .echo_attributes = read_echo_attributes(columns.echo_attributes),
    };
    if (!columns.has_own_parts) {
        domain::scim::NameParts parts = domain::scim::split_name(user.name);
        user.given_name = std::move(parts.given_name);
        user.family_name = std::move(parts.family_name);
    }
    return user;
}

/// The group's id; 0 is the instance, as in the indexes.
long long scope_of(const auth::ScimCaller& caller) {
    return caller.group_id ? caller.group_id->value : 0;
}

std::optional<User> find_one(
    db::Session& session, std::optional<long long> identity_id, long long scope, std::string_view id
) {
    const std::string extern_uid = ascii::lower(id);
    Columns columns;
    const bool found = session.fetch_one(
        find_query(session.dialect()),
        soci::use(identity_id, "identity_id"),
        soci::use(scope, "scope"),
        soci::use(extern_uid, "extern_uid"),
        soci::into(columns.id),
        soci::into(columns.is_active),
        soci::into(columns.user_name),
        soci::into(columns.name),
        soci::into(columns.has_own_parts),
        soci::into(columns.given_name),
        soci::into(columns.family_name),
        soci::into(columns.email),
        soci::into(columns.created_at),
        soci::into(columns.updated_at),
        soci::into(columns.user_updated_at),
        soci::into(columns.echo_attributes)
    );
    return found ? std::optional{as_user(std::move(columns))} : std::nullopt;
}

}  // namespace

std::span<const db::Query> ScimUserStore::queries() {
    static const std::array all{
        find_query(db::Dialect::sqlite), find_query(db::Dialect::postgresql), kFindOtherwiseNamed};
    return all;
}

std::optional<User> ScimUserStore::find(const auth::ScimCaller& caller, std::string_view id) {
    return find_one(session_, std::nullopt, scope_of(caller), id);
}

std::optional<User> ScimUserStore::find(ScimIdentityId identity_id) {
    return find_one(session_, identity_id.value, 0, "");
}

std::optional<User> ScimUserStore::find_otherwise_named(
    const auth::ScimCaller& caller, std::string_view name
) {
    const std::string wanted = ascii::lower(name);
    const long long scope = scope_of(caller);
    std::optional<long long> identity_id;
    session_.fetch_one(
        kFindOtherwiseNamed,
        soci::use(scope, "scope"),
        soci::use(wanted, "name"),
        soci::into(identity_id)
    );
    return identity_id ? find(ScimIdentityId{*identity_id}) : std::nullopt;
}

ScimUserPage ScimUserStore::list(const auth::ScimCaller& caller, const ScimUserQuery& query) {
    const ScimListing listing = list_users_sql(query, session_.dialect());
    const long long scope = scope_of(caller);
    const long long offset = query.start_index - 1;
    ScimUserPage page;
    Columns columns;
    session_.fetch_each(
        session_.compose("scim_identities.list", listing.sql),
        [&page, &columns] {
            if (columns.id) {
                page.users.push_back(as_user(std::move(columns)));
            }
            columns = {};
        },
        soci::use(scope, "scope"),
        soci::use(query.count, "count"),
        soci::use(offset, "offset"),
        db::ComposedValues{listing.values},
        soci::into(page.total),
        soci::into(columns.id),
        soci::into(columns.is_active),
        soci::into(columns.user_name),
        soci::into(columns.name),
        soci::into(columns.has_own_parts),
        soci::into(columns.given_name),
        soci::into(columns.family_name),
        soci::into(columns.email),
        soci::into(columns.created_at),
        soci::into(columns.updated_at),
        soci::into(columns.user_updated_at),
        soci::into(columns.echo_attributes)
    );
    if (listing.is_uncounted) {
        page.total = static_cast<long long>(page.users.size());
    }
    return page;
}

}  // namespace innergate::handlers
