// Groups, and namespaces of either kind that other rows name.
#include <array>
#include <string>

#include "admin/entities/entities.hpp"
#include "admin/entities/paths.hpp"
#include "admin/entities/written.hpp"

namespace innergate::admin {
namespace {

constexpr std::string_view kFrom =
    "namespaces as t left join routes on routes.source_namespace_id = t.id";

constexpr std::array kMembers{
    shown("id", Kind::bigint),
    shown("path", Kind::text, "routes.path")
        .into("parent_id")
        .by_option(
            "--path", "Full path, below groups that are there", written_path, Need::required
        ),
    shown("name", Kind::text)
        .by_option(
            "--name", "Name to show; else the last part of the path", written::text, Need::optional
        ),
    shown("parent_id", Kind::bigint),
    shown("created_at", Kind::timestamp),
};

constexpr std::array kOfParent{
    ListOption{"--parent", "Only those directly in this group", "parent_id", &entities::kGroup},
};

constexpr std::array kDependents{
    Dependents{
        "subgroups", {"group.subgroups", "select count(*) from namespaces where parent_id = :id"}},
    Dependents{
        "projects", {"group.projects", "select count(*) from projects where namespace_id = :id"}},
};

void complete(const Context& /*context*/, NewRow& group) {
    group.set("type", Cell::Type::text, "Group");
    if (group.find("name") == nullptr) {
        group.set("name", Cell::Type::text, group.find("path")->text);
    }
}

/// A group's place in the tree, so that rows without ids can change paths.
constexpr std::array<std::string_view, 2> kPlace{"parent_id", "lower(path)"};

}  // namespace

constexpr Entity entities::kGroup{
    .name = "group",
    .description = "Groups",
    .reference = "id or full path",
    .table = "namespaces",
    .from = kFrom,
    .condition = "t.type = 'Group'",
    .called = kIsCalledByPath,
    .members = kMembers,
    .list = kOfParent,
    .dependents = kDependents,
    .example = "path=new-name parent_id=other/group",
    .complete = complete,
    .rules = {.natural_key = kPlace, .derive = check_path},
};

constexpr Entity entities::kAnyNamespace{
    .name = "namespace",
    .description = {},
    .reference = "id or full path",
    .table = "namespaces",
    .from = kFrom,
    .condition = "t.type <> 'Project'",
    .called = kIsCalledByPath,
    .members = kMembers,
};

}  // namespace innergate::admin
