#include "handlers/path_tables.hpp"

#include <array>

#include "handlers/add_ons/routes.hpp"
#include "handlers/compute_minutes/routes.hpp"
#include "handlers/error_tracking/routes.hpp"
#include "handlers/kubernetes/routes.hpp"
#include "handlers/namespaces/routes.hpp"
#include "handlers/operations/routes.hpp"
#include "handlers/reconciliations/routes.hpp"
#include "handlers/scim/error_reply.hpp"
#include "handlers/scim/routes.hpp"
#include "handlers/shell/routes.hpp"
#include "handlers/storage/routes.hpp"
#include "handlers/subscriptions/routes.hpp"
#include "handlers/users/routes.hpp"

namespace innergate::handlers {

routing::PathTable path_table(settings::PoolName pool) {
    switch (pool) {
        case settings::PoolName::internal: {
            const std::array areas{
                operations::internal_routes(),
                shell::routes(),
                kubernetes::routes(),
                error_tracking::routes(),
                subscriptions::internal_routes(),
                namespaces::internal_routes(),
                users::internal_routes(),
                reconciliations::internal_routes()};
            return routing::PathTable{areas};
        }
        case settings::PoolName::public_: {
            const std::array areas{
                operations::public_routes(),
                subscriptions::public_routes(),
                add_ons::public_routes(),
                storage::public_routes(),
                compute_minutes::public_routes(),
                scim::group_routes(),
                scim::instance_routes()};
            static constexpr std::array kRefusals{
                routing::Refusals{"/api/scim/v2", scim::error_reply}};
            return routing::PathTable{areas, kRefusals};
        }
    }
    return routing::PathTable{{}};
}

}  // namespace innergate::handlers
