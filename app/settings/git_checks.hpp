// Settings: what becomes of pushes that cannot be checked.
#pragma once

namespace innergate::settings {

/// What becomes of a push when a check on it cannot be made, because nobody can look into the
/// repository or the look failed.
enum class Unchecked {
    closed,  ///< refused
    open,    ///< let through
};

/// The members have the names of the checks, which refusals and the log use too.
struct Checks {
    Unchecked force_push = Unchecked::closed;
    Unchecked branch_basis = Unchecked::closed;
    Unchecked repository_state = Unchecked::closed;
    Unchecked lfs_objects = Unchecked::closed;
    Unchecked lfs_locks = Unchecked::closed;
    Unchecked file_size = Unchecked::closed;
    Unchecked snippet_files = Unchecked::closed;
};

}  // namespace innergate::settings
