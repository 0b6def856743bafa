// Chooses who looks into a repository.
#pragma once

#include <chrono>
#include <memory>
#include <string_view>

#include "app/settings/settings.hpp"
#include "handlers/domain/git_access/inspection.hpp"
#include "handlers/inspectors/quarantine.hpp"

namespace innergate::handlers::inspectors {

/// By the storage's settings; a storage that has none is one into which nobody can look. Reads
/// nothing yet: faults of the paths show in the answers.
/// `relative_path`: the repository's within its storage, with `.git`.
/// `deadline`: what takes longer is given up.
[[nodiscard]] std::unique_ptr<domain::git_access::Inspection> inspector_for(
    const settings::Storages& storages,
    std::string_view storage,
    std::string_view relative_path,
    const Quarantine& quarantine,
    std::chrono::steady_clock::time_point deadline
);

}  // namespace innergate::handlers::inspectors
