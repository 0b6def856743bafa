// Are the secrets there, closed to others, readable to the pools, and long enough?
#pragma once

#include "admin/doctor/finding.hpp"

namespace innergate::settings {
struct Settings;
}

namespace innergate::admin::doctor {

[[nodiscard]] Findings check_secrets(const settings::Settings& settings);

}  // namespace innergate::admin::doctor
