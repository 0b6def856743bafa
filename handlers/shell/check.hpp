// GET /internal/check: what instance is this, and is it well?
#pragma once

#include <string>

#include "app/db/health.hpp"
#include "app/json/writer.hpp"
#include "app/settings/settings.hpp"

namespace innergate::handlers::shell {

struct InstanceInformation {
    std::string gitlab_version;
    std::string gitlab_revision;
    /// `redis` on the wire: whether counters and queued messages can be kept. Here the database
    /// keeps them, so this is its health. gitlab-shell's own check fails when it is false.
    bool is_volatile_store_reachable = false;
};

/// Answers without asking the database, so that it answers while that is down.
[[nodiscard]] InstanceInformation check(
    const settings::Instance& instance, const db::Health& health
);

/// `{"api_version":"v4","gitlab_version":"17.11.0","gitlab_rev":"…","redis":true}`
void write_json(json::Writer& writer, const InstanceInformation& information);

}  // namespace innergate::handlers::shell
