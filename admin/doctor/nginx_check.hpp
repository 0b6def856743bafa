// Does this host's nginx know the pools, and where they listen?
#pragma once

#include <string>
#include <string_view>

#include "admin/doctor/finding.hpp"

namespace innergate::settings {
struct Settings;
}

namespace innergate::admin::doctor {

/// Nothing when there is no nginx here: it may run on another host, or in a container.
///
/// nginx itself keeps the internal API off the public server: it refuses a server that includes
/// both (duplicate location). Only a request can tell what a hand-written location does; see
/// check_answers().
[[nodiscard]] Findings check_nginx(const settings::Settings& settings);

/// `configuration` is what `nginx -T` prints.
[[nodiscard]] Findings check_nginx_text(
    std::string_view configuration, const settings::Settings& settings
);

}  // namespace innergate::admin::doctor
