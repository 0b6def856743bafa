#include "admin/entities/row_options.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

#include "admin/entities/agent_row_options.hpp"
#include "admin/entities/billing_row_options.hpp"
#include "admin/entities/error_tracking_row_options.hpp"
#include "admin/entities/git_row_options.hpp"
#include "admin/entities/row_fills.hpp"
#include "admin/entities/scim_row_options.hpp"

namespace innergate::admin {
namespace {

using rows::EntityName;
using Need = AddOption::Need;

constexpr std::array kUserAdd{
    AddOption{
        "--username",
        "Sign-in name, and path of the personal namespace",
        Need::required,
        "username",
        fill_text},
    AddOption{"--name", "Name to show", Need::required, "name", fill_text},
    AddOption{"--email", "E-mail address", Need::required, "email", fill_text},
    AddOption{"--admin", "Is an administrator", Need::flag, "admin", fill_true},
    AddOption{"--external", "Sees only what it is a member of", Need::flag, "external", fill_true},
    AddOption{
        "--password-file",
        "File whose first line is the password",
        Need::optional,
        "password",
        fill_first_line},
};

constexpr std::array kGroupAdd{
    AddOption{
        "--path", "Full path, below groups that are there", Need::required, "parent_id", fill_path},
    AddOption{
        "--name",
        "Name to show; else the last part of the path",
        Need::optional,
        "name",
        fill_text},
};

constexpr std::array kProjectAdd{
    AddOption{
        "--path",
        "Full path, in a namespace that is there",
        Need::required,
        "namespace_id",
        fill_project_path},
    AddOption{
        "--name",
        "Name to show; else the last part of the path",
        Need::optional,
        "name",
        fill_text},
    AddOption{
        "--visibility",
        "private, internal or public",
        Need::optional,
        "visibility_level",
        fill_visibility},
    AddOption{
        "--default-branch", "Branch that HEAD names", Need::optional, "default_branch", fill_text},
    AddOption{
        "--storage",
        "Name of the repository storage",
        Need::optional,
        "repository_storage",
        fill_text},
};

constexpr std::array kMemberAdd{
    AddOption{"--user", "Username, e-mail address or id", Need::required, "user_id", fill_user},
    AddOption{
        "--group", "Full path or id of the group", Need::one_of, "source_id", fill_source_group},
    AddOption{
        "--project",
        "Full path or id of the project",
        Need::one_of,
        "source_id",
        fill_source_project},
    AddOption{
        "--access-level",
        "minimal, guest, planner, reporter, developer, maintainer, owner, or its number",
        Need::required,
        "access_level",
        fill_access_level},
    AddOption{
        "--expires-at",
        "Last day is the one before, such as 2030-01-31",
        Need::optional,
        "expires_at",
        fill_text},
};

constexpr std::array kKeyAdd{
    AddOption{"--user", "Username, e-mail address or id", Need::required, "user_id", fill_user},
    AddOption{
        "--key-file",
        "File with the public key, such as id_ed25519.pub",
        Need::required,
        "key",
        fill_first_line},
    AddOption{"--title", "Title; else the comment of the key", Need::optional, "title", fill_text},
    AddOption{
        "--expires-at", "Day or time in UTC", Need::optional, "expires_at", fill_start_of_day},
    AddOption{
        "--usage-type",
        "auth_and_signing, auth or signing",
        Need::optional,
        "usage_type",
        fill_usage_type},
};

constexpr std::array kTokenAdd{
    AddOption{"--user", "Username, e-mail address or id", Need::required, "user_id", fill_user},
    AddOption{"--name", "What it is for", Need::required, "name", fill_text},
    AddOption{
        "--scopes",
        "Such as api or read_user,read_repository",
        Need::required,
        "scopes",
        fill_scopes},
    AddOption{
        "--expires-at",
        "Day from which on it is void, such as 2030-01-31",
        Need::optional,
        "expires_at",
        fill_text},
};

constexpr std::array kSshCertificateAdd{
    AddOption{
        "--group", "Full path or id of the group", Need::required, "namespace_id", fill_group},
    AddOption{
        "--key-file",
        "File with the authority's public key",
        Need::required,
        "key",
        fill_first_line},
    AddOption{"--title", "Title; else the comment of the key", Need::optional, "title", fill_text},
};

constexpr std::array kOfUser{
    ListOption{"--user", "Only this user's", "user_id", EntityName::user},
};

constexpr std::array kOfParentGroup{
    ListOption{"--parent", "Only those directly in this group", "parent_id", EntityName::group},
};

constexpr std::array kOfProjectGroup{
    ListOption{"--group", "Only those directly in this group", "namespace_id", EntityName::group},
};

constexpr std::array kOfMember{
    ListOption{"--user", "Only this user's memberships", "user_id", EntityName::user},
    ListOption{
        "--group", "Only direct members of this group", "source_namespace_id", EntityName::group},
    ListOption{
        "--project",
        "Only direct members of this project",
        "source_project_id",
        EntityName::project},
};

constexpr std::array kOfGroup{
    ListOption{"--group", "Only this group's", "namespace_id", EntityName::group},
};

constexpr std::array kCommands{
    EntityCommands{
        EntityName::user,
        "user",
        "People and bots",
        "id, username or e-mail address",
        kUserAdd,
        {}},
    EntityCommands{
        EntityName::group, "group", "Groups", "id or full path", kGroupAdd, kOfParentGroup},
    EntityCommands{
        EntityName::project,
        "project",
        "Projects",
        "id or full path",
        kProjectAdd,
        kOfProjectGroup},
    EntityCommands{
        EntityName::member,
        "member",
        "Direct members of groups and projects",
        "id",
        kMemberAdd,
        kOfMember},
    EntityCommands{
        EntityName::key, "key", "People's SSH keys", "id or fingerprint", kKeyAdd, kOfUser},
    EntityCommands{EntityName::token, "token", "Personal access tokens", "id", kTokenAdd, kOfUser},
    EntityCommands{
        EntityName::ssh_certificate,
        "ssh-certificate",
        "Groups' SSH certificate authorities",
        "id or fingerprint",
        kSshCertificateAdd,
        kOfGroup},
};

}  // namespace

void NewRow::set(std::string_view column, Cell::Type type, std::string text) {
    row.cells.push_back({std::string{column}, type, std::move(text), 0});
}

const Cell* NewRow::find(std::string_view column) const {
    const auto found = std::ranges::find(row.cells, column, &Cell::column);
    return found == row.cells.end() ? nullptr : &*found;
}

ImportRow& NewRow::add_part(std::string_view table) {
    return parts.emplace_back(PartRow{.table = std::string{table}}).row;
}

bool NewRow::has_part_in(std::string_view table) const {
    return std::ranges::find(parts, table, &PartRow::table) != parts.end();
}

std::span<const EntityCommands> entity_commands() {
    static const std::vector<EntityCommands> all = [] {
        std::vector<EntityCommands> commands{kCommands.begin(), kCommands.end()};
        std::ranges::copy(git_entity_commands(), std::back_inserter(commands));
        std::ranges::copy(agent_entity_commands(), std::back_inserter(commands));
        std::ranges::copy(error_tracking_entity_commands(), std::back_inserter(commands));
        std::ranges::copy(scim_entity_commands(), std::back_inserter(commands));
        std::ranges::copy(billing_entity_commands(), std::back_inserter(commands));
        return commands;
    }();
    return all;
}

}  // namespace innergate::admin
