// The life of a pool process: from checked settings, anew on SIGHUP, to a clean end on SIGTERM.
#pragma once

#include <functional>
#include <string>

#include <tl/expected.hpp>

#include "handlers/pool/pool_configuration.hpp"

namespace innergate::programs {

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
