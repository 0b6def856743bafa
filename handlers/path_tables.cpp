#include "handlers/path_tables.hpp"

#include <array>

#include "handlers/error_tracking/routes.hpp"
#include "handlers/kubernetes/routes.hpp"
#include "handlers/operations/routes.hpp"
#include "handlers/reconciliations/routes.hpp"
#include "handlers/shell/routes.hpp"
#include "handlers/storage/routes.hpp"
#include "handlers/subscriptions/routes.hpp"

namespace innergate::handlers {

routing::PathTable path_table(settings::PoolName pool) {
    switch (pool) {
        case settings::PoolName::internal: {
            const std::array areas{
                operations::routes(),
                shell::routes(),
                kubernetes::routes(),
                error_tracking::routes(),
                reconciliations::internal_routes()};
            return routing::PathTable{areas};
        }
        case settings::PoolName::public_: {
            const std::array areas{subscriptions::public_routes(), storage::public_routes()};
            return routing::PathTable{areas};
        }
    }
    return routing::PathTable{{}};
}

}  // namespace innergate::handlers
