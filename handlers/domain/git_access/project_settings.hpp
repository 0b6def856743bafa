// What holds where a project or its group has set nothing.
#pragma once

#include <optional>

#include "handlers/domain/git_access/facts.hpp"

namespace innergate::handlers::domain::git_access {

/// The level in a project without a row of features, such as one that has just been made.
constexpr FeatureLevel feature_level(std::optional<FeatureLevel> set) {
    return set.value_or(FeatureLevel::enabled);
}

/// The project's own setting, else that of the group it lies in, else yes.
constexpr bool is_lfs_enabled(std::optional<bool> of_project, std::optional<bool> of_group) {
    return of_project.value_or(of_group.value_or(true));
}

}  // namespace innergate::handlers::domain::git_access
