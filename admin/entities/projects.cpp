// Projects.
#include <array>
#include <string>

#include "admin/entities/entities.hpp"
#include "admin/entities/paths.hpp"
#include "admin/entities/written.hpp"
#include "admin/repository/project_repository.hpp"

#include "app/json/value.hpp"

namespace innergate::admin {
namespace {

Written project_path(NewRow& row, const Member& member, const std::string& text) {
    if (text.find('/') == std::string::npos) {
        return tl::unexpected(std::string{"a project lies in a namespace: give NAMESPACE/PATH"});
    }
    return written_path(row, member, text);
}

/// The database may hold the folder. If not, the project's id says where the repository lies.
json::Value relative_path(long long id, const json::Value& stored) {
    const std::string disk_path = stored.string() == nullptr ? std::string{} : *stored.string();
    return json::Value{repository::relative_path_of_project(id, disk_path)};
}

constexpr std::array<Word, 3> kVisibilities{{
    {"private", 0},
    {"internal", 10},
    {"public", 20},
}};

constexpr std::array kMembers{
    shown("id", Kind::bigint),
    shown("path", Kind::text, "routes.path")
        .into("namespace_id")
        .by_option(
            "--path", "Full path, in a namespace that is there", project_path, Need::required
        ),
    shown("name", Kind::text)
        .by_option(
            "--name", "Name to show; else the last part of the path", written::text, Need::optional
        ),
    shown("visibility", Kind::text)
        .into("visibility_level")
        .in_words(kVisibilities)
        .by_option("--visibility", "private, internal or public", written::word, Need::optional)
        .settable(),
    shown("archived", Kind::boolean),
    shown("repository_storage", Kind::text)
        .by_option("--storage", "Name of the repository storage", written::text, Need::optional),
    shown("default_branch", Kind::text)
        .by_option("--default-branch", "Branch that HEAD names", written::text, Need::optional),
    shown("created_at", Kind::timestamp),
    shown("relative_path", Kind::text, "coalesce(t.disk_path, '')")
        .only_alone()
        .completed_by(relative_path),
};

constexpr std::array kOfGroup{
    ListOption{"--group", "Only those directly in this group", "namespace_id", &entities::kGroup},
};

/// An imported project has a repository, unless the file says otherwise. A new project has none
/// yet.
void set_without_repository(const Context& /*context*/, NewRow& project) {
    project.set("repository_exists", Cell::Type::boolean, "false");
    project.set("empty_repo", Cell::Type::boolean, "true");
}

void name_as_path(RowValues& values) {
    const Value* const path = values.find("path");
    if (values.find("name") == nullptr && path != nullptr) {
        values.set("name", *path);
    }
}

}  // namespace

constexpr Entity entities::kProject{
    .name = "project",
    .description = "Projects",
    .reference = "id or full path",
    .table = "projects",
    .from = "projects as t left join routes on routes.source_project_id = t.id",
    .condition = {},
    .called = kIsCalledByPath,
    .members = kMembers,
    .list = kOfGroup,
    .example = "archived=true path=new-name",
    .complete = set_without_repository,
    .add_flag =
        AddFlag{
            "--create-repository",
            "Make its Git repository in the storage, too",
            repository::create_for_project},
    .rules = {.natural_key = {}, .derive = check_path, .imply = name_as_path},
};

}  // namespace innergate::admin
