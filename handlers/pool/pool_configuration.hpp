// What a pool is started with: checked settings, secrets, database options.
#pragma once

#include <string>

#include <tl/expected.hpp>

#include "app/auth/gitaly_tokens.hpp"
#include "app/auth/secret.hpp"
#include "app/db/options.hpp"
#include "app/settings/settings.hpp"

namespace innergate::programs {

/// What must be right before a pool may start.
struct PoolConfiguration {
    settings::PoolName pool = settings::PoolName::internal;
    settings::Settings settings;
    db::Options database;
    auth::Secret shell_secret;
    auth::Secret shell_secret_previous;  ///< unset: there is none
    auth::Secret kas_secret;             ///< unset: the routes for kas refuse everything
    auth::Secret kas_secret_previous;
    auth::Secret db_key_base;
    /// By storage, for those that have a token.
    auth::GitalyTokens gitaly_tokens;
};

/// Reads the secrets the pool needs and prepares the database options; connects to nothing.
/// Errors: sentences for the operator, all of them, one per line.
[[nodiscard]] tl::expected<PoolConfiguration, std::string> configure_pool(
    settings::PoolName pool, settings::Settings settings
);

}  // namespace innergate::programs
