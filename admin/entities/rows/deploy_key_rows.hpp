// Which projects a deploy key is enabled for.
#pragma once

#include "admin/commands/database.hpp"

namespace innergate::admin::rows {

enum class DeployRight { read, push };

/// Enabling it again changes the right.
void enable_deploy_key(
    Database& database, long long deploy_key_id, long long project_id, DeployRight right
);

/// False: it was not enabled there.
bool disable_deploy_key(Database& database, long long deploy_key_id, long long project_id);

}  // namespace innergate::admin::rows
