// Does a storage's Gitaly answer us, and is the storage in order there?
#pragma once

#include <string>

#include "admin/doctor/finding.hpp"

#include "app/settings/storages.hpp"
#include "handlers/inspectors/inspectors.hpp"

namespace innergate::admin::doctor {

/// Asks Gitaly for its state, and checks whether the internal pool's unit lets the pool ask too.
/// `shown`: what the storage is called in the findings.
[[nodiscard]] Findings check_gitaly(
    const std::string& shown,
    const std::string& name,
    const settings::Storage& storage,
    handlers::inspectors::Inspectors& inspectors
);

}  // namespace innergate::admin::doctor
