// Policy files, which tell agents when to scan.
#include <array>

#include "admin/commands/policy_commands.hpp"
#include "admin/entities/entities.hpp"

namespace innergate::admin {
namespace {

constexpr std::array kMembers{
    shown("id", Kind::bigint),
    shown("owner", Kind::text, "case when t.project_id is null then 'group' else 'project' end"),
    shown("path", Kind::text, "routes.path"),
    shown("management_project", Kind::text, "management.path"),
    shown("committed_at", Kind::timestamp, "documents.committed_at"),
    shown("created_at", Kind::timestamp),
    shown("content", Kind::text, "documents.content").only_alone(),
};

constexpr std::array kList{
    ListOption{"--project", "Only this project's own", "project_id", &entities::kProject},
    ListOption{"--group", "Only this group's own", "namespace_id", &entities::kGroup},
};

}  // namespace

constexpr Entity entities::kPolicy{
    .name = "policy",
    .description = "Policy files, which tell agents when to scan",
    .reference = "id",
    .table = "security_policy_configurations",
    .from =
        "security_policy_configurations as t left join routes on "
        "routes.source_project_id = t.project_id or "
        "routes.source_namespace_id = t.namespace_id left join routes as management on "
        "management.source_project_id = t.security_policy_management_project_id "
        "left join security_policy_documents as documents on "
        "documents.security_policy_management_project_id = "
        "t.security_policy_management_project_id",
    .condition = {},
    .called = {},
    .members = kMembers,
    .list = kList,
    // The file goes with the last link to it.
    .remove_first =
        {"policy.remove_document",
         "delete from security_policy_documents where security_policy_management_project_id = "
         "(select security_policy_management_project_id from security_policy_configurations "
         "where id = :id) and not exists (select 1 from security_policy_configurations as "
         "others where others.id <> :id and others.security_policy_management_project_id = "
         "security_policy_documents.security_policy_management_project_id)",
         db::Access::write},
    .register_add = register_policy_add,
};

}  // namespace innergate::admin
