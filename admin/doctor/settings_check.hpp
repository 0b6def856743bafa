// Are the settings good?
#pragma once

#include <vector>

#include "admin/doctor/finding.hpp"

#include "app/settings/load.hpp"

namespace innergate::admin::doctor {

/// One finding for each fault.
[[nodiscard]] Findings check_settings(const std::vector<settings::Fault>& faults);

}  // namespace innergate::admin::doctor
