#include "handlers/path_tables.hpp"

#include <array>

#include <fmt/format.h>

#include "app/routing/openapi.hpp"
#include "handlers/error_tracking/routes.hpp"
#include "handlers/kubernetes/routes.hpp"
#include "handlers/minutes/routes.hpp"
#include "handlers/namespaces/routes.hpp"
#include "handlers/operations/routes.hpp"
#include "handlers/scim/error_reply.hpp"
#include "handlers/scim/routes.hpp"
#include "handlers/shell/routes.hpp"
#include "handlers/storage/routes.hpp"
#include "handlers/subscription_add_on_purchases/routes.hpp"
#include "handlers/subscriptions/routes.hpp"
#include "handlers/upcoming_reconciliations/routes.hpp"
#include "handlers/users/routes.hpp"

namespace innergate::handlers {

using routing::Area;

routing::PathTable path_table(settings::PoolName pool) {
    switch (pool) {
        case settings::PoolName::internal: {
            const std::array areas{
                Area{"operations", operations::internal_routes()},
                Area{"shell", shell::routes()},
                Area{"kubernetes", kubernetes::routes()},
                Area{"error_tracking", error_tracking::routes()},
                Area{"subscriptions", subscriptions::internal_routes()},
                Area{"namespaces", namespaces::internal_routes()},
                Area{"users", users::internal_routes()},
                Area{"upcoming_reconciliations", upcoming_reconciliations::internal_routes()}};
            return routing::PathTable{areas};
        }
        case settings::PoolName::public_: {
            const std::array areas{
                Area{"operations", operations::public_routes()},
                Area{"subscriptions", subscriptions::public_routes()},
                Area{
                    "subscription_add_on_purchases",
                    subscription_add_on_purchases::public_routes()},
                Area{"storage", storage::public_routes()},
                Area{"minutes", minutes::public_routes()},
                Area{"scim", scim::routes(), "/api/scim/v2/groups/*group_path"},
                Area{"scim", scim::routes(), "/api/scim/v2/application"}};
            static constexpr std::array kRefusals{routing::Refusals{
                .prefix = "/api/scim/v2",
                .write = scim::error_reply,
                .schema_name = "ScimError",
                .write_schema = shape::write_schema<scim::ErrorEnvelope>}};
            return routing::PathTable{areas, kRefusals};
        }
    }
    return routing::PathTable{{}};
}

std::string openapi_document(settings::PoolName pool) {
    return routing::openapi_document(
        path_table(pool), fmt::format("innergate, {} pool", settings::to_string(pool))
    );
}

}  // namespace innergate::handlers
