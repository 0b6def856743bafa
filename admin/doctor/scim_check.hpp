// Whether the SCIM tokens that were given out open anything.
#pragma once

#include "admin/commands/database.hpp"
#include "admin/doctor/finding.hpp"

namespace innergate::settings {
struct Settings;
}

namespace innergate::admin::doctor {

/// Nothing where there are no tokens.
[[nodiscard]] Findings check_scim(Database& database, const settings::Settings& settings);

}  // namespace innergate::admin::doctor
