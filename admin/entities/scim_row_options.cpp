#include "admin/entities/scim_row_options.hpp"

#include <array>

#include "admin/entities/row_fills.hpp"
#include "admin/entities/rows/scim_rows.hpp"
#include <fmt/format.h>

namespace innergate::admin {
namespace {

using rows::EntityName;
using Need = AddOption::Need;

long long number_in(const NewRow& row, std::string_view column) {
    return std::stoll(row.find(column)->text);
}

/// Single sign-on, and SCIM with it, is a top-level group's matter.
Filled fill_top_level_group(NewRow& row, std::string_view column, const std::string& text) {
    if (const Filled done = fill_group(row, column, text); !done) {
        const bool is_personal =
            rows::EntityRows{row.database, EntityName::any_namespace}.find(text).has_value();
        return is_personal
                   ? tl::unexpected(fmt::format("{} is a personal namespace, not a group", text))
                   : done;
    }
    const std::string path = rows::path_of_group(row.database, number_in(row, column));
    if (const std::size_t slash = path.find('/'); slash != std::string::npos) {
        return tl::unexpected(fmt::format(
            "{} is a subgroup: name its top-level group, {}", text, path.substr(0, slash)
        ));
    }
    return {};
}

Filled fill_null(NewRow& row, std::string_view column, const std::string& /*text*/) {
    row.set(column, Cell::Type::null, {});
    return {};
}

Filled fill_person(NewRow& row, std::string_view column, const std::string& text) {
    Filled done = fill_user(row, column, text);
    if (done && !rows::is_person(row.database, number_in(row, column))) {
        return tl::unexpected(fmt::format("{} is a bot or a service account", text));
    }
    return done;
}

constexpr AddOption kGroup{
    "--group", "Path or id of a top-level group", Need::one_of, "group_id", fill_top_level_group};
constexpr AddOption kInstance{
    "--instance", "Of the whole instance", Need::one_of_flag, "group_id", fill_null};

constexpr std::array kTokenAdd{kGroup, kInstance};

constexpr std::array kIdentityAdd{
    kGroup,
    kInstance,
    AddOption{
        "--user",
        "Username, e-mail address or id of a person",
        Need::required,
        "user_id",
        fill_person},
    AddOption{
        "--extern-uid",
        "What the provider calls the person: SCIM's id and externalId",
        Need::required,
        "extern_uid",
        fill_text},
    AddOption{
        "--user-name",
        "The provider's userName; else the username is shown",
        Need::optional,
        "user_name",
        fill_text},
    AddOption{"--inactive", "The provider has switched it off", Need::flag, "active", fill_false},
};

constexpr AddOption kEnforcedSso{
    "--enforced-sso",
    "An account that is there is provisioned only if it has signed in with the provider",
    Need::flag,
    "enforced_sso",
    fill_true};
constexpr AddOption kRole{
    "--default-membership-role",
    "What those become who had no role: guest, unless minimal, planner, reporter, developer, "
    "maintainer or owner is said",
    Need::optional,
    "default_membership_role",
    fill_access_level};

constexpr std::array kSamlProviderAdd{
    AddOption{
        "--group",
        "Path or id of a top-level group",
        Need::required,
        "group_id",
        fill_top_level_group},
    kEnforcedSso,
    kRole,
    AddOption{"--disabled", "It is not to be used yet", Need::flag, "enabled", fill_false},
};

constexpr std::array kSamlProviderUpdate{
    AddOption{"--enabled", "yes or no", Need::optional, "enabled", fill_yes_no},
    AddOption{"--enforced-sso", "yes or no", Need::optional, "enforced_sso", fill_yes_no},
    kRole,
};

constexpr ListOption kOfGroup{"--group", "Only this group's", "group_id", EntityName::group};
constexpr ListOption kOfInstance{"--instance", "Only the instance's", "instance", std::nullopt};

constexpr std::array kOfToken{kOfGroup, kOfInstance};

constexpr std::array kOfIdentity{
    kOfGroup,
    kOfInstance,
    ListOption{"--user", "Only this person's", "user_id", EntityName::user},
};

constexpr std::array kCommands{
    EntityCommands{
        .entity = EntityName::saml_provider,
        .name = "saml-provider",
        .description = "Groups' single sign-on, without which they have no SCIM",
        .reference = "id, or path of the group",
        .add = kSamlProviderAdd,
        .update = kSamlProviderUpdate,
    },
    EntityCommands{
        .entity = EntityName::scim_token,
        .name = "scim-token",
        .description = "What identity providers show to provision people",
        .reference = "id",
        .add = kTokenAdd,
        .list = kOfToken,
    },
    EntityCommands{
        .entity = EntityName::scim_identity,
        .name = "scim-identity",
        .description = "Which person an identity provider means by which id",
        .reference = "id",
        .add = kIdentityAdd,
        .list = kOfIdentity,
        .stays = "the account, its memberships and its SAML identity stay",
    },
};

}  // namespace

std::span<const EntityCommands> scim_entity_commands() {
    return kCommands;
}

}  // namespace innergate::admin
