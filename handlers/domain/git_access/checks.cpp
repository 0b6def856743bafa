#include "handlers/domain/git_access/checks.hpp"

namespace innergate::handlers::domain::git_access {

std::string_view to_string(Check check) {
    switch (check) {
        case Check::repository_state:
            return "repository_state";
        case Check::force_push:
            return "force_push";
        case Check::branch_basis:
            return "branch_basis";
        case Check::lfs_objects:
            return "lfs_objects";
        case Check::file_size:
            return "file_size";
        case Check::lfs_locks:
            return "lfs_locks";
        case Check::snippet_files:
            return "snippet_files";
    }
    return "";
}

OnFailure CheckSettings::operator[](Check check) const {
    switch (check) {
        case Check::repository_state:
            return repository_state;
        case Check::force_push:
            return force_push;
        case Check::branch_basis:
            return branch_basis;
        case Check::lfs_objects:
            return lfs_objects;
        case Check::file_size:
            return file_size;
        case Check::lfs_locks:
            return lfs_locks;
        case Check::snippet_files:
            return snippet_files;
    }
    return OnFailure::refuse;
}

}  // namespace innergate::handlers::domain::git_access
