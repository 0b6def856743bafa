// Direct members of groups and projects.
#include <array>
#include <string>

#include "admin/entities/access_levels.hpp"
#include "admin/entities/entities.hpp"
#include "admin/entities/written.hpp"

namespace innergate::admin {
namespace {

Written source_group(NewRow& row, const Member& member, const std::string& text) {
    row.set("source_type", Cell::Type::text, "Namespace");
    return written::reference(row, member, text);
}

Written source_project(NewRow& row, const Member& member, const std::string& text) {
    row.set("source_type", Cell::Type::text, "Project");
    return written::reference(row, member, text);
}

constexpr std::array kMembers{
    shown("id", Kind::bigint),
    shown("user", Kind::text, "users.username")
        .into("user_id")
        .naming(entities::kUser)
        .by_option("--user", "Username, e-mail address or id", written::reference, Need::required)
        .settable(),
    shown("invite_email", Kind::text),
    shown(
        "source", Kind::text, "case t.source_type when 'Project' then 'project' else 'group' end"
    ),
    shown("path", Kind::text, "routes.path"),
    given("group")
        .into("source_id")
        .naming(entities::kGroup)
        .by_option("--group", "Full path or id of the group", source_group, Need::one_of)
        .settable(),
    given("project")
        .into("source_id")
        .naming(entities::kProject)
        .by_option("--project", "Full path or id of the project", source_project, Need::one_of)
        .settable(),
    shown("access_level", Kind::integer, "t.access_level")
        .in_words(kAccessLevels)
        .by_option(
            "--access-level",
            "minimal, guest, planner, reporter, developer, maintainer, owner, or its number",
            written::word,
            Need::required
        )
        .settable(),
    shown("expires_at", Kind::date)
        .by_option(
            "--expires-at",
            "Last day is the one before, such as 2030-01-31",
            written::text,
            Need::optional
        ),
    shown("created_at", Kind::timestamp),
};

constexpr std::array kList{
    ListOption{"--user", "Only this user's memberships", "user_id", &entities::kUser},
    ListOption{
        "--group", "Only direct members of this group", "source_namespace_id", &entities::kGroup},
    ListOption{
        "--project",
        "Only direct members of this project",
        "source_project_id",
        &entities::kProject},
};

}  // namespace

constexpr Entity entities::kMember{
    .name = "member",
    .description = "Direct members of groups and projects",
    .reference = "id",
    .table = "members",
    .from =
        "members as t left join users on users.id = t.user_id left join routes on "
        "routes.source_type = t.source_type and routes.source_id = t.source_id",
    .condition = {},
    .called = {},
    .members = kMembers,
    .list = kList,
    .example = "access_level=maintainer expires_at=2030-01-31",
};

}  // namespace innergate::admin
