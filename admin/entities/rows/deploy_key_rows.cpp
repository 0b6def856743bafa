#include "admin/entities/rows/deploy_key_rows.hpp"

#include <soci/soci.h>

namespace innergate::admin::rows {
namespace {

constexpr db::Query kEnable{
    "deploy_keys_projects.enable",
    R"sql(
    insert into deploy_keys_projects (deploy_key_id, project_id, can_push)
    values (:deploy_key_id, :project_id, :can_push = 1)
    on conflict (deploy_key_id, project_id)
    do update set can_push = excluded.can_push, updated_at = excluded.updated_at)sql",
    db::Access::write,
};

constexpr db::Query kDisable{
    "deploy_keys_projects.disable",
    "delete from deploy_keys_projects where deploy_key_id = :deploy_key_id and "
    "project_id = :project_id",
    db::Access::write,
};

}  // namespace

void enable_deploy_key(
    Database& database, long long deploy_key_id, long long project_id, DeployRight right
) {
    const int can_push = right == DeployRight::push ? 1 : 0;
    database.session().execute(
        kEnable,
        soci::use(deploy_key_id, "deploy_key_id"),
        soci::use(project_id, "project_id"),
        soci::use(can_push, "can_push")
    );
}

bool disable_deploy_key(Database& database, long long deploy_key_id, long long project_id) {
    return database.session().execute(
               kDisable,
               soci::use(deploy_key_id, "deploy_key_id"),
               soci::use(project_id, "project_id")
           ) > 0;
}

}  // namespace innergate::admin::rows
