#include "handlers/stores/scim/scim_user_store.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "app/ascii.hpp"
#include "app/db/session.hpp"
#include "app/json/reader.hpp"
#include "handlers/domain/scim/echo_attribute.hpp"
#include "handlers/domain/scim/new_user.hpp"
#include "handlers/stores/scim/scim_user_row.hpp"
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

// Looks up by `:identity_id`, or else by `:scope` and `:extern_uid`, which may be a former id.
constexpr auto kById = db::sql(R"sql(
      from scim_identities as identities
      join users on users.id = identities.user_id
     where identities.id = coalesce(
               :identity_id,
               (select live.id
                  from scim_identities as live
                 where coalesce(live.group_id, 0) = :scope
                   and lower(live.extern_uid) = :extern_uid),
               (select aliases.scim_identity_id
                  from scim_identity_aliases as aliases
                 where coalesce(aliases.group_id, 0) = :scope
                   and lower(aliases.extern_uid) = :extern_uid)
           ))sql");
constexpr auto kFindOnSqlite =
    db::reading("scim_identities.find_on_sqlite", "select", kScimUserColumnsOnSqlite, kById)
        .only_on(db::Dialect::sqlite);
constexpr auto kFindOnPostgresql =
    db::reading("scim_identities.find", "select", kScimUserColumnsOnPostgresql, kById)
        .only_on(db::Dialect::postgresql);

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

User as_user(ScimUserRow&& row) {
    User user{
        .id = std::move(row.id).value_or(""),
        .active = row.is_active,
        .user_name = std::move(row.user_name).value_or(""),
        .name = std::move(row.name).value_or(""),
        .given_name = std::move(row.given_name),
        .family_name = std::move(row.family_name),
        .email = std::move(row.email).value_or(""),
        .created = row.created_at.value_or(Timestamp{}),
        .last_modified = std::max(
            row.updated_at.value_or(Timestamp{}), row.user_updated_at.value_or(Timestamp{})
        ),
        .echo_attributes = read_echo_attributes(row.echo_attributes),
    };
    if (!row.has_own_parts) {
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
    const auto fetch = [&](const auto& statement) {
        return session.fetch_row(
            statement,
            soci::use(identity_id, "identity_id"),
            soci::use(scope, "scope"),
            soci::use(extern_uid, "extern_uid")
        );
    };
    std::optional<ScimUserRow> row =
        session.dialect() == db::Dialect::sqlite ? fetch(kFindOnSqlite) : fetch(kFindOnPostgresql);
    return row ? std::optional{as_user(*std::move(row))} : std::nullopt;
}

}  // namespace

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
    ScimUserRow row;
    with_scim_user_columns(session_.dialect(), [&](const auto& columns) {
        session_.fetch_each(
            session_.compose("scim_identities.list", listing.sql),
            [&page, &row] {
                if (row.id) {
                    page.users.push_back(as_user(std::move(row)));
                }
                row = {};
            },
            soci::use(scope, "scope"),
            soci::use(query.count, "count"),
            soci::use(offset, "offset"),
            db::ComposedValues{listing.values},
            soci::into(page.total),
            db::into(columns, row)
        );
    });
    if (listing.is_uncounted) {
        page.total = static_cast<long long>(page.users.size());
    }
    return page;
}

}  // namespace innergate::handlers
