// The life of a pool process: from checked settings, anew on SIGHUP, to a clean end on SIGTERM.
#pragma once

#include <functional>
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
    /// By storage; of those that have one.
    auth::GitalyTokens gitaly_tokens;
};

/// Reads the secrets the pool needs and prepares the database options; connects to nothing.
/// Errors: sentences for the operator, all of them, one per line.
[[nodiscard]] tl::expected<PoolConfiguration, std::string> configure_pool(
    settings::PoolName pool, settings::Settings settings
);

/// Makes the configuration anew from its sources. Errors: as configure_pool().
using Reconfigure = std::function<tl::expected<PoolConfiguration, std::string>()>;

/// Serves until SIGTERM or SIGINT; then takes no new work, finishes what runs and answers the exit
/// status. A database that cannot be reached is no reason not to start: requests get 503 until it
/// can.
///
/// On SIGHUP everything but the listening socket is made anew, threads and sessions too, from what
/// `reconfigure` answers; an error leaves all as it was, and is logged.
[[nodiscard]] int run_pool(PoolConfiguration configuration, Reconfigure reconfigure);

}  // namespace innergate::programs
