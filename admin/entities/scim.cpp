// SCIM tokens and identities, and groups' single sign-on.
#include <array>
#include <string>

#include "admin/entities/access_levels.hpp"
#include "admin/entities/entities.hpp"
#include "admin/entities/paths.hpp"
#include "admin/entities/rows/entity_rows.hpp"
#include "admin/entities/rows/scim_rows.hpp"
#include "admin/entities/secrets.hpp"
#include "admin/entities/written.hpp"
#include <fmt/format.h>

namespace innergate::admin {
namespace {

long long number_in(const NewRow& row, std::string_view column) {
    return std::stoll(row.find(column)->text);
}

/// Only a top-level group has single sign-on, and SCIM with it.
Written top_level_group(NewRow& row, const Member& member, const std::string& text) {
    if (const Written done = written::reference(row, member, text); !done) {
        const bool is_personal =
            rows::EntityRows{row.database, entities::kAnyNamespace}.find(text).has_value();
        return is_personal
                   ? tl::unexpected(fmt::format("{} is a personal namespace, not a group", text))
                   : done;
    }
    const std::string path =
        rows::path_of_group(row.database, number_in(row, member.written_column()));
    if (const std::size_t slash = path.find('/'); slash != std::string::npos) {
        return tl::unexpected(fmt::format(
            "{} is a subgroup: name its top-level group, {}", text, path.substr(0, slash)
        ));
    }
    return {};
}

Written person(NewRow& row, const Member& member, const std::string& text) {
    Written done = written::reference(row, member, text);
    if (done && !rows::is_person(row.database, number_in(row, member.written_column()))) {
        return tl::unexpected(fmt::format("{} is a bot or a service account", text));
    }
    return done;
}

// A group may be called `instance`, so the kind of scope is a member of its own.
constexpr Member kScope =
    shown("scope", Kind::text, "case when t.group_id is null then 'instance' else 'group' end");
constexpr Member kGroup =
    shown("group", Kind::text, "routes.path")
        .into("group_id")
        .naming(entities::kGroup)
        .by_option("--group", "Path or id of a top-level group", top_level_group, Need::one_of)
        .settable();

constexpr Member kInstance =
    given("instance")
        .into("group_id")
        .by_option("--instance", "Of the whole instance", written::null, Need::one_of_flag);

constexpr std::array kTokenMembers{
    shown("id", Kind::bigint),
    kScope,
    kGroup,
    kInstance,
    shown("created_at", Kind::timestamp),
};

constexpr std::array kIdentityMembers{
    shown("id", Kind::bigint),
    kScope,
    kGroup,
    kInstance,
    shown("extern_uid", Kind::text)
        .by_option(
            "--extern-uid",
            "What the provider calls the person: SCIM's id and externalId",
            written::text,
            Need::required
        ),
    shown("username", Kind::text, "users.username"),
    given("user")
        .into("user_id")
        .naming(entities::kUser)
        .by_option("--user", "Username, e-mail address or id of a person", person, Need::required)
        .settable(),
    shown("active", Kind::boolean)
        .by_option("--inactive", "The provider has switched it off", written::no, Need::flag),
    shown("user_name", Kind::text)
        .by_option(
            "--user-name",
            "The provider's userName; else the username is shown",
            written::text,
            Need::optional
        ),
    shown(
        "aliases",
        Kind::text,
        "(select '' || coalesce(cast(@list@(extern_uid) as text), '[]') from ("
        "select extern_uid from scim_identity_aliases "
        "where scim_identity_id = t.id order by id) as listed)"
    )
        .as_json_array()
        .only_alone(),
    shown("created_at", Kind::timestamp).only_alone(),
    shown("updated_at", Kind::timestamp).only_alone(),
};

constexpr std::array kOfInstance{NamedCondition{"instance", "t.group_id is null"}};

constexpr ListOption kOfGroup{"--group", "Only this group's", "group_id", &entities::kGroup};
constexpr ListOption kOfTheInstance{"--instance", "Only the instance's", "instance"};

constexpr std::array kListTokens{kOfGroup, kOfTheInstance};
constexpr std::array kListIdentities{
    kOfGroup,
    kOfTheInstance,
    ListOption{"--user", "Only this person's", "user_id", &entities::kUser},
};

void make_secret(const Context& /*context*/, NewRow& token) {
    token.secret = new_token("glsoat-");
    token.set("token", Cell::Type::text, token.secret);
}

constexpr std::array kProviderMembers{
    shown("id", Kind::bigint),
    shown("group", Kind::text, "routes.path")
        .into("group_id")
        .naming(entities::kGroup)
        .by_option("--group", "Path or id of a top-level group", top_level_group, Need::required)
        .settable(),
    shown("enabled", Kind::boolean)
        .by_option("--disabled", "It is not to be used yet", written::no, Need::flag)
        .set_by_option("--enabled", "yes or no"),
    shown("enforced_sso", Kind::boolean)
        .by_option(
            "--enforced-sso",
            "An account that is there is provisioned only if it has signed in with the provider",
            written::yes,
            Need::flag
        )
        .set_by_option("--enforced-sso", "yes or no"),
    shown("default_membership_role", Kind::integer, "t.default_membership_role")
        .in_words(kAccessLevels)
        .by_option(
            "--default-membership-role",
            "What those become who had no role: guest, unless minimal, planner, reporter, "
            "developer, maintainer or owner is said",
            written::word,
            Need::optional
        )
        .set_by_option()
        .settable(),
    shown("created_at", Kind::timestamp),
};

constexpr std::array kProviderDependents{
    Dependents{
        "people who sign in with it",
        {"saml_provider.identities",
         "select count(*) from identities where saml_provider_id = :id"}},
};

}  // namespace

constexpr Entity entities::kSamlProvider{
    .name = "saml-provider",
    .description = "Groups' single sign-on, without which they have no SCIM",
    .reference = "id, or path of the group",
    .table = "saml_providers",
    .from = "saml_providers as t left join routes on routes.source_namespace_id = t.group_id",
    .condition = {},
    .called = kIsCalledByPath,
    .members = kProviderMembers,
    .dependents = kProviderDependents,
};

constexpr Entity entities::kScimToken{
    .name = "scim-token",
    .description = "What identity providers show to provision people",
    .reference = "id",
    .table = "scim_oauth_access_tokens",
    .from =
        "scim_oauth_access_tokens as t "
        "left join routes on routes.source_namespace_id = t.group_id",
    .condition = {},
    .called = {},
    .members = kTokenMembers,
    .list = kListTokens,
    .filters = kOfInstance,
    .complete = make_secret,
};

constexpr Entity entities::kScimIdentity{
    .name = "scim-identity",
    .description = "Which person an identity provider means by which id",
    .reference = "id",
    .table = "scim_identities",
    .from =
        "scim_identities as t join users on users.id = t.user_id "
        "left join routes on routes.source_namespace_id = t.group_id",
    .condition = {},
    .called = {},
    .members = kIdentityMembers,
    .list = kListIdentities,
    .filters = kOfInstance,
    .stays = "the account, its memberships and its SAML identity stay",
    .follow_up = rows::drop_alias_taken_by,
};

}  // namespace innergate::admin
