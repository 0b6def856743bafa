#include "handlers/shell/check.hpp"

namespace innergate::handlers::shell {

InstanceInformation check(const settings::Instance& instance, const db::Health& health) {
    return {
        .gitlab_version = instance.gitlab_version,
        .gitlab_revision = instance.gitlab_revision,
        .is_volatile_store_reachable = health.is_reachable(),
    };
}

void write_json(json::Writer& writer, const InstanceInformation& information) {
    writer.begin_object();
    writer.member("api_version", "v4");
    writer.member("gitlab_version", information.gitlab_version);
    writer.member("gitlab_rev", information.gitlab_revision);
    writer.member("redis", information.is_volatile_store_reachable);
    writer.end_object();
}

}  // namespace innergate::handlers::shell
