// Can the pools look into the repositories, and what happens to pushes where they cannot?
#pragma once

#include "admin/doctor/finding.hpp"

namespace innergate::settings {
struct Settings;
}

namespace innergate::admin::doctor {

/// Checks for each storage its folder or its Gitaly, whichever is looked into, and its token. There
/// is one warning for each check that lets pushes through unchecked, and one for storages that have
/// no inspector without anybody having chosen that.
[[nodiscard]] Findings check_storages(const settings::Settings& settings);

}  // namespace innergate::admin::doctor
