// Protected branches and tags.
#include <array>
#include <string>

#include "admin/entities/access_levels.hpp"
#include "admin/entities/entities.hpp"
#include "admin/entities/written.hpp"

namespace innergate::admin {
namespace {

constexpr std::string_view kPushLevels = "protected_branch_push_access_levels";
constexpr std::string_view kMergeLevels = "protected_branch_merge_access_levels";
constexpr std::string_view kCreateLevels = "protected_tag_create_access_levels";

// The inner selects give an order, because SQLite's aggregate functions take none.
constexpr std::string_view kWhoPasses =
    "(select '' || coalesce(cast(@list@(who) as text), '[]') from ("
    "select case when l.user_id is not null then 'user ' || users.username "
    "when l.group_id is not null then 'group ' || groups.path "
    "when l.deploy_key_id is not null then 'deploy key ' || l.deploy_key_id "
    "when l.access_level = 0 then 'no-one' when l.access_level = 30 then 'developer' "
    "when l.access_level = 40 then 'maintainer' else 'admin' end as who "
    "from @part@ as l "
    "left join users on users.id = l.user_id "
    "left join routes as groups on groups.source_namespace_id = l.group_id "
    "where l.@parent@ = t.id order by l.id) as listed)";
// Nothing merges with a deploy key, so there is no column for one.
constexpr std::string_view kWhoMerges =
    "(select '' || coalesce(cast(@list@(who) as text), '[]') from ("
    "select case when l.user_id is not null then 'user ' || users.username "
    "when l.group_id is not null then 'group ' || groups.path "
    "when l.access_level = 0 then 'no-one' when l.access_level = 30 then 'developer' "
    "when l.access_level = 40 then 'maintainer' else 'admin' end as who "
    "from @part@ as l "
    "left join users on users.id = l.user_id "
    "left join routes as groups on groups.source_namespace_id = l.group_id "
    "where l.@parent@ = t.id order by l.id) as listed)";

/// One more row of a table of levels.
constexpr Member level(
    std::string_view table, std::string_view option, std::string_view description, Write write
) {
    return given(table)
        .in_words(kProtectionLevels)
        .by_option(option, description, write, Need::repeatable);
}

constexpr std::array kBranchMembers{
    shown("id", Kind::bigint),
    shown("source", Kind::text, "case when t.project_id is null then 'group' else 'project' end"),
    shown("path", Kind::text, "routes.path"),
    given("project")
        .into("project_id")
        .naming(entities::kProject)
        .by_option("--project", "Full path or id of the project", written::reference, Need::one_of)
        .settable(),
    given("group")
        .into("namespace_id")
        .naming(entities::kGroup)
        .by_option(
            "--group",
            "Full path or id of a group: for all projects below it",
            written::reference,
            Need::one_of
        )
        .settable(),
    shown("name", Kind::text)
        .by_option(
            "--name",
            "Branch, or a pattern in which * stands for any text",
            written::text,
            Need::required
        ),
    shown("allow_force_push", Kind::boolean)
        .by_option("--allow-force-push", "Whoever may push may force it", written::yes, Need::flag),
    shown("push", Kind::text, kWhoPasses).into(kPushLevels).as_json_array(),
    level(
        kPushLevels,
        "--push-access-level",
        "Who may push: no-one, developer, maintainer or admin; may be repeated. Default: "
        "maintainer, unless somebody is named",
        written::part_level
    ),
    level(kPushLevels, "--push-user", "User who may push; may be repeated", written::part_user),
    level(
        kPushLevels,
        "--push-group",
        "Group whose members may push; may be repeated",
        written::part_group
    ),
    level(
        kPushLevels,
        "--push-deploy-key",
        "Deploy key (id or fingerprint) that may push; may be repeated",
        written::part_deploy_key
    ),
    shown("merge", Kind::text, kWhoMerges).into(kMergeLevels).as_json_array(),
    level(
        kMergeLevels,
        "--merge-access-level",
        "Who may merge, as --push-access-level",
        written::part_level
    ),
    level(kMergeLevels, "--merge-user", "User who may merge; may be repeated", written::part_user),
    level(
        kMergeLevels,
        "--merge-group",
        "Group whose members may merge; may be repeated",
        written::part_group
    ),
    shown("created_at", Kind::timestamp),
};

constexpr std::array kBranchParts{
    Part{kPushLevels, "protected_branch_id"},
    Part{kMergeLevels, "protected_branch_id"},
};

constexpr std::array kOfBranch{
    ListOption{"--project", "Only this project's own", "project_id", &entities::kProject},
    ListOption{"--group", "Only this group's own", "namespace_id", &entities::kGroup},
};

constexpr std::array kTagMembers{
    shown("id", Kind::bigint),
    shown("path", Kind::text, "routes.path"),
    given("project")
        .into("project_id")
        .naming(entities::kProject)
        .by_option(
            "--project", "Full path or id of the project", written::reference, Need::required
        )
        .settable(),
    shown("name", Kind::text)
        .by_option(
            "--name",
            "Tag, or a pattern in which * stands for any text",
            written::text,
            Need::required
        ),
    shown("create", Kind::text, kWhoPasses).into(kCreateLevels).as_json_array(),
    level(
        kCreateLevels,
        "--create-access-level",
        "Who may create it: no-one, developer, maintainer or admin; may be repeated. Default: "
        "maintainer, unless somebody is named",
        written::part_level
    ),
    level(
        kCreateLevels,
        "--create-user",
        "User who may create it; may be repeated",
        written::part_user
    ),
    level(
        kCreateLevels,
        "--create-group",
        "Group whose members may create it; may be repeated",
        written::part_group
    ),
    level(
        kCreateLevels,
        "--create-deploy-key",
        "Deploy key (id or fingerprint) that may create it; may be repeated",
        written::part_deploy_key
    ),
    shown("created_at", Kind::timestamp),
};

constexpr std::array kTagParts{Part{kCreateLevels, "protected_tag_id"}};

constexpr std::array kOfTag{
    ListOption{"--project", "Only this project's", "project_id", &entities::kProject},
};

/// A protection without levels lets nobody pass. GitLab lets maintainers pass unless somebody was
/// named.
void default_level(NewRow& row, std::string_view table) {
    if (!row.has_part_in(table)) {
        row.add_part(table).cells.push_back({"access_level", Cell::Type::number, "40", 0});
    }
}

void complete_branch(const Context& /*context*/, NewRow& row) {
    default_level(row, kPushLevels);
    default_level(row, kMergeLevels);
}

void complete_tag(const Context& /*context*/, NewRow& row) {
    default_level(row, kCreateLevels);
}

}  // namespace

constexpr Entity entities::kProtectedBranch{
    .name = "protected-branch",
    .description = "Branches that not everyone may push to or merge into",
    .reference = "id",
    .table = "protected_branches",
    .from =
        "protected_branches as t left join routes on "
        "routes.source_project_id = t.project_id or "
        "routes.source_namespace_id = t.namespace_id",
    .condition = {},
    .called = {},
    .members = kBranchMembers,
    .list = kOfBranch,
    .parts = kBranchParts,
    .complete = complete_branch,
};

constexpr Entity entities::kProtectedTag{
    .name = "protected-tag",
    .description = "Tags that not everyone may create",
    .reference = "id",
    .table = "protected_tags",
    .from = "protected_tags as t left join routes on routes.source_project_id = t.project_id",
    .condition = {},
    .called = {},
    .members = kTagMembers,
    .list = kOfTag,
    .parts = kTagParts,
    .complete = complete_tag,
};

}  // namespace innergate::admin
