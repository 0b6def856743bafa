#include "admin/entities/git_row_options.hpp"

#include <array>

#include "admin/entities/row_fills.hpp"

namespace innergate::admin {
namespace {

using rows::EntityName;
using Need = AddOption::Need;

constexpr std::string_view kPushLevels = "protected_branch_push_access_levels";
constexpr std::string_view kMergeLevels = "protected_branch_merge_access_levels";
constexpr std::string_view kCreateLevels = "protected_tag_create_access_levels";

constexpr std::array kDeployKeyAdd{
    AddOption{
        "--key-file",
        "File with the public key, such as id_ed25519.pub",
        Need::required,
        "key",
        fill_first_line},
    AddOption{"--title", "Title; else the comment of the key", Need::optional, "title", fill_text},
    AddOption{
        "--user",
        "Owner, by whose rights the key pushes; without one it only reads",
        Need::optional,
        "user_id",
        fill_user},
    AddOption{
        "--expires-at", "Day or time in UTC", Need::optional, "expires_at", fill_start_of_day},
    AddOption{
        "--project",
        "Project that it may read; may be repeated. See enable, too",
        Need::repeatable,
        "deploy_keys_projects",
        fill_deployment},
    // Behind --project: it speaks of the projects named there.
    AddOption{
        "--can-push",
        "It may push to these projects, too",
        Need::flag,
        "deploy_keys_projects",
        fill_can_push},
};

constexpr std::array kProtectedBranchAdd{
    AddOption{
        "--project", "Full path or id of the project", Need::one_of, "project_id", fill_project},
    AddOption{
        "--group",
        "Full path or id of a group: for all projects below it",
        Need::one_of,
        "namespace_id",
        fill_group},
    AddOption{
        "--name",
        "Branch, or a pattern in which * stands for any text",
        Need::required,
        "name",
        fill_text},
    AddOption{
        "--allow-force-push",
        "Whoever may push may force it",
        Need::flag,
        "allow_force_push",
        fill_true},
    AddOption{
        "--push-access-level",
        "Who may push: no-one, developer, maintainer or admin; may be repeated. Default: "
        "maintainer, unless somebody is named",
        Need::repeatable,
        kPushLevels,
        fill_protection_level},
    AddOption{
        "--push-user",
        "User who may push; may be repeated",
        Need::repeatable,
        kPushLevels,
        fill_protection_user},
    AddOption{
        "--push-group",
        "Group whose members may push; may be repeated",
        Need::repeatable,
        kPushLevels,
        fill_protection_group},
    AddOption{
        "--push-deploy-key",
        "Deploy key (id or fingerprint) that may push; may be repeated",
        Need::repeatable,
        kPushLevels,
        fill_protection_deploy_key},
    AddOption{
        "--merge-access-level",
        "Who may merge, as --push-access-level",
        Need::repeatable,
        kMergeLevels,
        fill_protection_level},
    AddOption{
        "--merge-user",
        "User who may merge; may be repeated",
        Need::repeatable,
        kMergeLevels,
        fill_protection_user},
    AddOption{
        "--merge-group",
        "Group whose members may merge; may be repeated",
        Need::repeatable,
        kMergeLevels,
        fill_protection_group},
};

constexpr std::array kProtectedTagAdd{
    AddOption{
        "--project", "Full path or id of the project", Need::required, "project_id", fill_project},
    AddOption{
        "--name",
        "Tag, or a pattern in which * stands for any text",
        Need::required,
        "name",
        fill_text},
    AddOption{
        "--create-access-level",
        "Who may create it: no-one, developer, maintainer or admin; may be repeated. Default: "
        "maintainer, unless somebody is named",
        Need::repeatable,
        kCreateLevels,
        fill_protection_level},
    AddOption{
        "--create-user",
        "User who may create it; may be repeated",
        Need::repeatable,
        kCreateLevels,
        fill_protection_user},
    AddOption{
        "--create-group",
        "Group whose members may create it; may be repeated",
        Need::repeatable,
        kCreateLevels,
        fill_protection_group},
    AddOption{
        "--create-deploy-key",
        "Deploy key (id or fingerprint) that may create it; may be repeated",
        Need::repeatable,
        kCreateLevels,
        fill_protection_deploy_key},
};

constexpr std::array kBroadcastAdd{
    AddOption{"--message", "The text", Need::required, "message", fill_text},
    AddOption{
        "--starts-at",
        "Day or time in UTC, such as 2030-01-31T08:00:00Z; else now",
        Need::optional,
        "starts_at",
        fill_start_of_day},
    AddOption{
        "--ends-at",
        "Day or time in UTC from which on it is not shown; else an hour after its start",
        Need::optional,
        "ends_at",
        fill_start_of_day},
    AddOption{
        "--type",
        "banner or notification; pushes show banners only",
        Need::optional,
        "broadcast_type",
        fill_broadcast_type},
    AddOption{
        "--target-path",
        "Only for projects whose full path this is; * stands for any text",
        Need::optional,
        "target_path",
        fill_text},
    AddOption{
        "--target-access-levels",
        "Only for these roles, such as developer,maintainer",
        Need::optional,
        "target_access_levels",
        fill_access_levels},
    AddOption{"--no-cli", "Not behind pushes", Need::flag, "show_in_cli", fill_false},
};

constexpr std::array kOfDeployKey{
    ListOption{"--user", "Only this user's", "user_id", EntityName::user},
    ListOption{
        "--project", "Only those enabled for this project", "deploys_project", EntityName::project},
};

constexpr std::array kOfProtectedBranch{
    ListOption{"--project", "Only this project's own", "project_id", EntityName::project},
    ListOption{"--group", "Only this group's own", "namespace_id", EntityName::group},
};

constexpr std::array kOfProtectedTag{
    ListOption{"--project", "Only this project's", "project_id", EntityName::project},
};

constexpr std::array kCommands{
    EntityCommands{
        EntityName::deploy_key,
        "deploy-key",
        "SSH keys of machines, for the projects they are enabled for",
        "id or fingerprint",
        kDeployKeyAdd,
        kOfDeployKey},
    EntityCommands{
        EntityName::protected_branch,
        "protected-branch",
        "Branches that not everyone may push to or merge into",
        "id",
        kProtectedBranchAdd,
        kOfProtectedBranch},
    EntityCommands{
        EntityName::protected_tag,
        "protected-tag",
        "Tags that not everyone may create",
        "id",
        kProtectedTagAdd,
        kOfProtectedTag},
    EntityCommands{
        EntityName::broadcast,
        "broadcast",
        "Messages that are shown to whoever pushes",
        "id",
        kBroadcastAdd,
        {}},
};

}  // namespace

std::span<const EntityCommands> git_entity_commands() {
    return kCommands;
}

}  // namespace innergate::admin
