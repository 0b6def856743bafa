// What is known of an object before it is read.
#pragma once

#include <cstddef>
#include <git2.h>
#include <string_view>

namespace innergate::handlers::inspectors::git {

struct ObjectHeader {
    git_object_t type = GIT_OBJECT_INVALID;
    std::size_t bytes = 0;
};

/// Unpacks the object's first bytes at most. Throws a Failure where it is missing or broken.
[[nodiscard]] ObjectHeader read_header(git_odb& objects, const git_oid& id);

/// Throws a Failure where the object is larger: libgit2 reads only whole ones. `what`: its kind.
void require_size(const ObjectHeader& header, std::size_t max_bytes, std::string_view what);

}  // namespace innergate::handlers::inspectors::git
