#include "handlers/shell/check.hpp"

namespace innergate::handlers::shell {

InstanceInformation check(const settings::Instance& instance, const db::Health& health) {
    return {
        .gitlab_version = instance.gitlab_version,
        .gitlab_revision = instance.gitlab_revision,
        .is_volatile_store_reachable = health.is_reachable(),
    };
}

}  // namespace innergate::handlers::shell
