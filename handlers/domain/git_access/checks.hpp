// Checks that need to look into a repository, and what becomes of a push when one cannot be made.
#pragma once

#include <array>
#include <string_view>

#include "handlers/domain/git_access/inspection.hpp"

namespace innergate::handlers::domain::git_access {

/// Checks that need to look into a repository.
enum class Check {
    repository_state,  ///< whether it exists, is empty, and what its default branch is
    force_push,        ///< whether a protected branch is pushed forward only
    branch_basis,      ///< whether a new protected branch starts on a protected one
    lfs_objects,       ///< whether the LFS objects that are pointed to were uploaded
    file_size,         ///< whether a file is too large
    lfs_locks,         ///< whether a changed file is locked by somebody else
    snippet_files,     ///< whether a snippet has at least one file and at most ten
};

inline constexpr std::array kAllChecks{
    Check::repository_state,
    Check::force_push,
    Check::branch_basis,
    Check::lfs_objects,
    Check::file_size,
    Check::lfs_locks,
    Check::snippet_files,
};

/// The name of the check's setting (`force_push`), which refusals and the log use, too.
[[nodiscard]] std::string_view to_string(Check check);

/// What becomes of a push when a check cannot be made.
enum class OnFailure { refuse, pass };

struct CheckSettings {
    OnFailure repository_state = OnFailure::refuse;
    OnFailure force_push = OnFailure::refuse;
    OnFailure branch_basis = OnFailure::refuse;
    OnFailure lfs_objects = OnFailure::refuse;
    OnFailure file_size = OnFailure::refuse;
    OnFailure lfs_locks = OnFailure::refuse;
    OnFailure snippet_files = OnFailure::refuse;

    [[nodiscard]] OnFailure operator[](Check check) const;
};

/// A check that could not be made and that a setting lets pass. To be logged.
struct SkippedCheck {
    Check check = Check::repository_state;
    InspectionFailure failure;
};

}  // namespace innergate::handlers::domain::git_access
