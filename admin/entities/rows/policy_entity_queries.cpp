#include <array>

#include "admin/entities/rows/entity_queries.hpp"

namespace innergate::admin::rows {
namespace {

constexpr std::array kPolicyColumns{
    ShownColumn{"id", Kind::bigint, "t.id"},
    ShownColumn{
        "owner", Kind::text, "case when t.project_id is null then 'group' else 'project' end"},
    ShownColumn{"path", Kind::text, "routes.path"},
    ShownColumn{"management_project", Kind::text, "management.path"},
    ShownColumn{"committed_at", Kind::timestamp, "documents.committed_at"},
    ShownColumn{"created_at", Kind::timestamp, "t.created_at"},
};

constexpr std::array kPolicyDetails{
    ShownColumn{"content", Kind::text, "documents.content"},
};

constexpr std::array kEntities{
    EntityQueries{
        .entity = EntityName::policy,
        .table = "security_policy_configurations",
        .from = "security_policy_configurations as t left join routes on "
                "routes.source_project_id = t.project_id or "
                "routes.source_namespace_id = t.namespace_id left join routes as management on "
                "management.source_project_id = t.security_policy_management_project_id "
                "left join security_policy_documents as documents on "
                "documents.security_policy_management_project_id = "
                "t.security_policy_management_project_id",
        .columns = kPolicyColumns,
        .details = kPolicyDetails,
        // The file goes with the last link to it.
        .remove_first =
            {"policy.remove_document",
             "delete from security_policy_documents where security_policy_management_project_id = "
             "(select security_policy_management_project_id from security_policy_configurations "
             "where id = :id) and not exists (select 1 from security_policy_configurations as "
             "others where others.id <> :id and others.security_policy_management_project_id = "
             "security_policy_documents.security_policy_management_project_id)",
             db::Access::write},
    },
};

}  // namespace

std::span<const EntityQueries> policy_entities() {
    return kEntities;
}

}  // namespace innergate::admin::rows
