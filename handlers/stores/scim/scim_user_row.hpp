// What all statements read of a SCIM user, from `identities` (scim_identities) and `users`.
#pragma once

#include <optional>
#include <string>

#include "app/clock.hpp"
#include "app/db/columns.hpp"
#include "app/db/dialect.hpp"

namespace innergate::handlers {

/// A list gives its total even if it shows no user. Its row holds nothing here then.
struct ScimUserRow {
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

inline constexpr auto kScimUserColumns = db::columns<ScimUserRow>(
    db::column("identities.extern_uid", &ScimUserRow::id),
    db::flag("identities.active", &ScimUserRow::is_active),
    db::column("coalesce(identities.user_name, users.username)", &ScimUserRow::user_name),
    db::column("users.name", &ScimUserRow::name),
    db::flag("identities.name_snapshot = users.name", &ScimUserRow::has_own_parts),
    db::column("identities.given_name", &ScimUserRow::given_name),
    db::column("identities.family_name", &ScimUserRow::family_name),
    db::column("users.email", &ScimUserRow::email),
    db::column("identities.created_at", &ScimUserRow::created_at),
    db::column("identities.updated_at", &ScimUserRow::updated_at),
    db::column("users.updated_at", &ScimUserRow::user_updated_at)
);

// One document: six columns would be six look-ups, which nearly always find nothing.
inline constexpr auto kScimUserColumnsOnSqlite = db::columns<ScimUserRow>(
    kScimUserColumns,
    db::column(
        "(select json_group_object(kept.name, kept.value)"
        " from scim_identity_attributes as kept where kept.scim_identity_id = identities.id)",
        &ScimUserRow::echo_attributes
    )
);
inline constexpr auto kScimUserColumnsOnPostgresql = db::columns<ScimUserRow>(
    kScimUserColumns,
    db::column(
        "(select cast(json_object_agg(kept.name, kept.value) as text)"
        " from scim_identity_attributes as kept where kept.scim_identity_id = identities.id)",
        &ScimUserRow::echo_attributes
    )
);

/// What `use` answers for the columns as that database knows them.
template <class Use>
auto with_scim_user_columns(db::Dialect dialect, const Use& use) {
    return dialect == db::Dialect::sqlite ? use(kScimUserColumnsOnSqlite)
                                          : use(kScimUserColumnsOnPostgresql);
}

}  // namespace innergate::handlers
