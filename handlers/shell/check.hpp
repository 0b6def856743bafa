// GET /internal/check: what instance is this, and is it well?
#pragma once

#include <string>

#include "app/db/health.hpp"
#include "app/json/shape.hpp"
#include "app/settings/instance.hpp"

namespace innergate::handlers::shell {

struct InstanceInformation {
    std::string gitlab_version;
    std::string gitlab_revision;
    /// `redis` on the wire: whether counters and queued messages can be kept. Here the database
    /// keeps them, so this is its health. gitlab-shell's own check fails when it is false.
    bool is_volatile_store_reachable = false;
};

constexpr auto shape_of(std::type_identity<InstanceInformation> /*type*/) {
    return shape::object<InstanceInformation>(
        shape::constant("api_version", "v4", "The version of the API"),
        shape::member(
            "gitlab_version",
            &InstanceInformation::gitlab_version,
            "The version of GitLab that the instance passes for"
        ),
        shape::member(
            "gitlab_rev", &InstanceInformation::gitlab_revision, "The revision of that version"
        ),
        shape::member(
            "redis",
            &InstanceInformation::is_volatile_store_reachable,
            "Whether counters and messages can be kept: `false` while the database is out of reach"
        )
    );
}

/// Answers without asking the database, so that it answers while that is down.
[[nodiscard]] InstanceInformation check(
    const settings::Instance& instance, const db::Health& health
);

}  // namespace innergate::handlers::shell
