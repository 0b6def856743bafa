// Does each pool's socket exist, is it closed to others, does somebody listen?
#pragma once

#include <string>

#include "admin/doctor/finding.hpp"

#include "app/settings/pool_name.hpp"

namespace innergate::settings {
struct Settings;
}

namespace innergate::admin::doctor {

/// Where the pool listens: its setting, else the path that the socket units give it.
[[nodiscard]] std::string listen_address(
    const settings::Settings& settings, settings::PoolName pool
);

[[nodiscard]] Findings check_sockets(const settings::Settings& settings);

}  // namespace innergate::admin::doctor
