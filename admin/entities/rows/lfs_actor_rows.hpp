// What the database knows about whom an LFS token stands for.
#pragma once

#include <optional>
#include <string>

#include "admin/commands/database.hpp"

#include "app/auth/lfs_token.hpp"

namespace innergate::admin::rows {

/// By the user name that an LFS client sends: a username, case-insensitively, or
/// `lfs+deploy-key-ID`. Nothing: nobody has it.
[[nodiscard]] std::optional<auth::LfsActor> find_lfs_actor(
    Database& database, const std::string& name
);

}  // namespace innergate::admin::rows
