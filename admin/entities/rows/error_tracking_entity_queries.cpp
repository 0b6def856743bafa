#include <array>

#include "admin/entities/rows/entity_queries.hpp"

namespace innergate::admin::rows {
namespace {

constexpr std::array kKeyColumns{
    ShownColumn{"id", Kind::bigint, "t.id"},
    ShownColumn{"project", Kind::text, "routes.path"},
    ShownColumn{"public_key", Kind::text, "t.public_key"},
    ShownColumn{"active", Kind::boolean, "t.active"},
    ShownColumn{"created_at", Kind::timestamp, "t.created_at"},
};

constexpr std::array kEntities{
    EntityQueries{
        .entity = EntityName::error_tracking_key,
        .table = "error_tracking_client_keys",
        .from = "error_tracking_client_keys as t "
                "left join routes on routes.source_project_id = t.project_id",
        .columns = kKeyColumns,
    },
};

}  // namespace

std::span<const EntityQueries> error_tracking_entities() {
    return kEntities;
}

}  // namespace innergate::admin::rows
