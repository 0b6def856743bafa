#include "handlers/stores/scim/scim_access_store.hpp"

#include <fmt/format.h>

#include "app/ascii.hpp"
#include "app/db/session.hpp"
#include "handlers/domain/scim/refusal.hpp"
#include "handlers/stores/membership.hpp"

namespace innergate::handlers {
namespace {

// A row whose membership has ended, or was only asked for, is turned into a membership. Any other
// row stays as it is, whatever its role.
constexpr db::Query kAddMember{
    "scim_access.add_member",
    R"sql(
    insert into members (user_id, source_type, source_id, access_level, created_at, updated_at)
    values (:user_id, 'Namespace', :group_id, :role, :now, :now)
        on conflict (user_id, source_type, source_id) where user_id is not null do update
       set access_level = excluded.access_level, requested_at = null, invite_token = null,
           expires_at = null, updated_at = excluded.updated_at
     where members.requested_at is not null
        or members.invite_token is not null
        or members.expires_at <= :today)sql",
    db::Access::write,
};

// Goes from the memberships upwards, because a person has few and a group may have many projects.
// `union`, not `union all`: it ends even if namespaces form a ring.
constexpr db::Query kRemoveMembers{
    "scim_access.remove_members",
    R"sql(
    with recursive lineage(member_id, namespace_id) as (
        select members.id,
               case when members.source_type = 'Namespace' then members.source_id
                    else (select projects.namespace_id
                            from projects
                           where projects.id = members.source_id)
               end
          from members
         where members.user_id = :user_id
        union
        select lineage.member_id, namespaces.parent_id
          from lineage
          join namespaces on namespaces.id = lineage.namespace_id
    )
    delete from members
     where id in (select member_id from lineage where namespace_id = :group_id))sql",
    db::Access::write,
};

// Answers a row if the account is a direct owner and nobody else could act for the group.
constexpr auto kFindLastOwner = db::reading(
    "scim_access.find_last_owner",
    R"sql(
    select users.name
      from members
      join users on users.id = members.user_id
     where members.user_id = :user_id
       and members.source_type = 'Namespace'
       and members.source_id = :group_id
       and members.access_level = 50
       and)sql",
    kIsMemberToday,
    R"sql(
       and not exists (
               select 1
                 from members
                 join users as owners on owners.id = members.user_id
                where members.source_namespace_id = :group_id
                  and members.user_id <> :user_id
                  and members.access_level = 50
                  and)sql",
    kIsMemberToday,
    R"sql(
                  and owners.state in ('active', 'deactivated')
                  and owners.user_type = 0
           ))sql"
);

constexpr db::Query kHasSamlIdentity{"scim_access.has_saml_identity", R"sql(
    select 1
      from identities
     where saml_provider_id = :saml_provider_id
       and user_id = :user_id)sql"};

constexpr db::Query kAddSamlIdentity{
    "scim_access.add_saml_identity",
    R"sql(
    insert into identities (user_id, provider, saml_provider_id, extern_uid, created_at, updated_at)
    values (:user_id, :provider, :saml_provider_id, :extern_uid, :now, :now)
        on conflict do nothing)sql",
    db::Access::write,
};

constexpr db::Query kRemoveSamlIdentity{
    "scim_access.remove_saml_identity",
    R"sql(
    delete from identities
     where saml_provider_id = :saml_provider_id
       and user_id = :user_id)sql",
    db::Access::write,
};

constexpr db::Query kIsSamlNameTaken{"scim_access.is_saml_name_taken", R"sql(
    select 1
      from identities
     where provider = :provider
       and coalesce(saml_provider_id, 0) = :saml_provider_id
       and lower(extern_uid) = :extern_uid
       and user_id <> :user_id)sql"};

constexpr db::Query kRenameSamlIdentity{
    "scim_access.rename_saml_identity",
    R"sql(
    update identities
       set extern_uid = :extern_uid, updated_at = :now
     where user_id = :user_id
       and provider = :provider
       and coalesce(saml_provider_id, 0) = :saml_provider_id
       and extern_uid <> :extern_uid)sql",
    db::Access::write,
};

// A user who was banned since then stays banned.
constexpr db::Query kUnblock{
    "scim_access.unblock",
    R"sql(
    update users
       set state = case when state = 'blocked' then 'active' else state end,
           scim_blocked = false,
           updated_at = :now
     where id = :user_id
       and scim_blocked)sql",
    db::Access::write,
};

constexpr db::Query kBlock{
    "scim_access.block",
    R"sql(
    update users
       set state = 'blocked', scim_blocked = true, updated_at = :now
     where id = :user_id
       and state in ('active', 'deactivated'))sql",
    db::Access::write,
};

// Answers a row if the account is an administrator and nobody else could unblock it.
constexpr db::Query kFindLastAdministrator{"scim_access.find_last_administrator", R"sql(
    select users.name
      from users
     where users.id = :user_id
       and users.admin
       and users.state = 'active'
       and not exists (
               select 1
                 from users as others
                where others.admin
                  and others.state = 'active'
                  and others.user_type = 0
                  and others.id <> :user_id
           ))sql"};

Date day_of(Timestamp now) {
    return std::chrono::floor<std::chrono::days>(now);
}

}  // namespace

Result<void> ScimAccessStore::grant(
    const ScimScope& scope, UserId user_id, const std::string& extern_uid, Timestamp now
) {
    if (scope.group_id) {
        return grant_in_group(scope, user_id, extern_uid, now);
    }
    session_.execute(kUnblock, soci::use(now, "now"), soci::use(user_id.value, "user_id"));
    return {};
}

Result<void> ScimAccessStore::grant_in_group(
    const ScimScope& scope, UserId user_id, const std::string& extern_uid, Timestamp now
) {
    const Date today = day_of(now);
    session_.execute(
        kAddMember,
        soci::use(user_id.value, "user_id"),
        soci::use(scope.group_id->value, "group_id"),
        soci::use(scope.default_membership_role, "role"),
        soci::use(now, "now"),
        soci::use(today, "today")
    );
    if (!scope.saml_provider_id || has_saml_identity(scope, user_id)) {
        return {};
    }
    const std::string provider = scope.saml_provider_name();
    const std::size_t added = session_.execute(
        kAddSamlIdentity,
        soci::use(user_id.value, "user_id"),
        soci::use(provider, "provider"),
        soci::use(*scope.saml_provider_id, "saml_provider_id"),
        soci::use(extern_uid, "extern_uid"),
        soci::use(now, "now")
    );
    if (added == 0) {
        return domain::scim::already_taken("Extern uid");
    }
    return {};
}

Result<void> ScimAccessStore::revoke(const ScimScope& scope, UserId user_id, Timestamp now) {
    return scope.group_id ? revoke_in_group(scope, user_id, now) : revoke_on_instance(user_id, now);
}

Result<void> ScimAccessStore::revoke_in_group(
    const ScimScope& scope, UserId user_id, Timestamp now
) {
    const Date today = day_of(now);
    std::string name;
    const bool is_last = session_.fetch_one(
        kFindLastOwner,
        soci::use(user_id.value, "user_id"),
        soci::use(scope.group_id->value, "group_id"),
        soci::use(today, "today"),
        soci::into(name)
    );
    if (is_last) {
        return failure(
            ErrorCode::precondition_failed,
            fmt::format(
                "Could not remove {} from {}. Cannot remove last group owner.",
                name,
                scope.group_name
            ),
            "last owner"
        );
    }
    session_.execute(
        kRemoveMembers,
        soci::use(user_id.value, "user_id"),
        soci::use(scope.group_id->value, "group_id")
    );
    if (scope.saml_provider_id) {
        session_.execute(
            kRemoveSamlIdentity,
            soci::use(*scope.saml_provider_id, "saml_provider_id"),
            soci::use(user_id.value, "user_id")
        );
    }
    return {};
}

Result<void> ScimAccessStore::revoke_on_instance(UserId user_id, Timestamp now) {
    std::string name;
    const bool is_last = session_.fetch_one(
        kFindLastAdministrator, soci::use(user_id.value, "user_id"), soci::into(name)
    );
    if (is_last) {
        return failure(
            ErrorCode::precondition_failed,
            fmt::format("Could not block {}. Cannot block the last active administrator.", name),
            "last administrator"
        );
    }
    session_.execute(kBlock, soci::use(now, "now"), soci::use(user_id.value, "user_id"));
    return {};
}

bool ScimAccessStore::has_saml_identity(const ScimScope& scope, UserId user_id) {
    int one = 0;
    return scope.saml_provider_id && session_.fetch_one(
                                         kHasSamlIdentity,
                                         soci::use(*scope.saml_provider_id, "saml_provider_id"),
                                         soci::use(user_id.value, "user_id"),
                                         soci::into(one)
                                     );
}

Result<void> ScimAccessStore::follow_extern_uid(
    const ScimScope& scope, UserId user_id, const std::string& extern_uid, Timestamp now
) {
    const std::string provider = scope.saml_provider_name();
    const long long saml_provider_id = scope.saml_provider_id.value_or(0);
    const std::string folded = ascii::lower(extern_uid);
    int one = 0;
    const bool is_taken = session_.fetch_one(
        kIsSamlNameTaken,
        soci::use(provider, "provider"),
        soci::use(saml_provider_id, "saml_provider_id"),
        soci::use(folded, "extern_uid"),
        soci::use(user_id.value, "user_id"),
        soci::into(one)
    );
    if (is_taken) {
        return domain::scim::already_taken("Extern uid");
    }
    session_.execute(
        kRenameSamlIdentity,
        soci::use(extern_uid, "extern_uid"),
        soci::use(now, "now"),
        soci::use(user_id.value, "user_id"),
        soci::use(provider, "provider"),
        soci::use(saml_provider_id, "saml_provider_id")
    );
    return {};
}

}  // namespace innergate::handlers
