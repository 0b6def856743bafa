#include <array>

#include "admin/entities/rows/entity_queries.hpp"

namespace innergate::admin::rows {
namespace {

// A group may be called `instance`: so the kind of scope is a column of its own.
constexpr ShownColumn kScope{
    "scope", Kind::text, "case when t.group_id is null then 'instance' else 'group' end"};
constexpr ShownColumn kGroup{"group", Kind::text, "routes.path"};

constexpr std::array kTokenColumns{
    ShownColumn{"id", Kind::bigint, "t.id"},
    kScope,
    kGroup,
    ShownColumn{"created_at", Kind::timestamp, "t.created_at"},
};

constexpr std::array kIdentityColumns{
    ShownColumn{"id", Kind::bigint, "t.id"},
    kScope,
    kGroup,
    ShownColumn{"extern_uid", Kind::text, "t.extern_uid"},
    ShownColumn{"username", Kind::text, "users.username"},
    ShownColumn{"active", Kind::boolean, "t.active"},
    ShownColumn{"user_name", Kind::text, "t.user_name"},
};

constexpr std::array kIdentityDetails{
    ShownColumn{
        "aliases",
        Kind::text,
        "(select '' || coalesce(cast(@list@(extern_uid) as text), '[]') from ("
        "select extern_uid from scim_identity_aliases "
        "where scim_identity_id = t.id order by id) as listed)",
        true},
    ShownColumn{"created_at", Kind::timestamp, "t.created_at"},
    ShownColumn{"updated_at", Kind::timestamp, "t.updated_at"},
};

constexpr std::array kOfInstance{
    NamedCondition{"instance", "t.group_id is null"},
};

constexpr std::array kSamlProviderColumns{
    ShownColumn{"id", Kind::bigint, "t.id"},
    kGroup,
    ShownColumn{"enabled", Kind::boolean, "t.enabled"},
    ShownColumn{"enforced_sso", Kind::boolean, "t.enforced_sso"},
    ShownColumn{"default_membership_role", Kind::integer, "t.default_membership_role"},
    ShownColumn{"created_at", Kind::timestamp, "t.created_at"},
};

constexpr std::array kSamlProviderDependents{
    Dependents{
        "people who sign in with it",
        {"saml_provider.identities",
         "select count(*) from identities where saml_provider_id = :id"}},
};

constexpr std::array kEntities{
    EntityQueries{
        .entity = EntityName::saml_provider,
        .table = "saml_providers",
        .from = "saml_providers as t left join routes on routes.source_namespace_id = t.group_id",
        .columns = kSamlProviderColumns,
        .called = "lower(routes.path) = lower(cast(:value as text))",
        .dependents = kSamlProviderDependents,
    },
    EntityQueries{
        .entity = EntityName::scim_token,
        .table = "scim_oauth_access_tokens",
        .from = "scim_oauth_access_tokens as t "
                "left join routes on routes.source_namespace_id = t.group_id",
        .columns = kTokenColumns,
        .filters = kOfInstance,
    },
    EntityQueries{
        .entity = EntityName::scim_identity,
        .table = "scim_identities",
        .from = "scim_identities as t join users on users.id = t.user_id "
                "left join routes on routes.source_namespace_id = t.group_id",
        .columns = kIdentityColumns,
        .details = kIdentityDetails,
        .filters = kOfInstance,
    },
};

}  // namespace

std::span<const EntityQueries> scim_entities() {
    return kEntities;
}

}  // namespace innergate::admin::rows
