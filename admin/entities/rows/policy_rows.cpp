#include "admin/entities/rows/policy_rows.hpp"

#include <soci/soci.h>

namespace innergate::admin::rows {
namespace {

constexpr db::Query kFind{
    "security_policy_configurations.find",
    "select id, security_policy_management_project_id from security_policy_configurations "
    "where project_id = :project_id or namespace_id = :namespace_id",
};

constexpr db::Query kInsert{
    "security_policy_configurations.insert",
    "insert into security_policy_configurations (project_id, namespace_id, "
    "security_policy_management_project_id) "
    "values (:project_id, :namespace_id, :management_project_id)",
    db::Access::write,
};

constexpr db::Query kPutDocument{
    "security_policy_documents.put",
    "insert into security_policy_documents "
    "(security_policy_management_project_id, content, committed_at) "
    "values (:management_project_id, :content, :committed_at) "
    "on conflict (security_policy_management_project_id) do update "
    "set content = excluded.content, committed_at = excluded.committed_at",
    db::Access::write,
};

struct Link {
    long long id = 0;
    long long management_project_id = 0;
};

std::optional<Link> find_link(Database& database, const PolicyOwner& owner) {
    Link link;
    const bool is_found = database.session().fetch_one(
        kFind,
        soci::use(owner.project_id, "project_id"),
        soci::use(owner.namespace_id, "namespace_id"),
        soci::into(link.id),
        soci::into(link.management_project_id)
    );
    return is_found ? std::optional{link} : std::nullopt;
}

}  // namespace

std::optional<long long> put_policy_file(
    Database& database, const PolicyOwner& owner, const PolicyFile& file
) {
    std::optional<Link> link = find_link(database, owner);
    if (!link) {
        database.session().execute(
            kInsert,
            soci::use(owner.project_id, "project_id"),
            soci::use(owner.namespace_id, "namespace_id"),
            soci::use(file.management_project_id, "management_project_id")
        );
        link = find_link(database, owner);
    }
    if (!link || link->management_project_id != file.management_project_id) {
        return std::nullopt;
    }
    database.session().execute(
        kPutDocument,
        soci::use(file.management_project_id, "management_project_id"),
        soci::use(file.content, "content"),
        soci::use(file.committed_at, "committed_at")
    );
    return link->id;
}

}  // namespace innergate::admin::rows
