// What Git LFS leaves in a repository in a large file's place.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "handlers/domain/git_access/inspection.hpp"

namespace innergate::handlers::inspectors {

/// Longer blobs are no pointers: Git LFS reads no more of a file to find out.
inline constexpr std::size_t kMaxLfsPointerBytes = 1024;

/// Reads a pointer: lines `version https://git-lfs.github.com/spec/v1` (the first), `oid sha256:…`
/// and `size …`, with others between them (Git LFS specification). Nothing: the blob is no pointer.
[[nodiscard]] std::optional<domain::git_access::LfsPointer> parse_lfs_pointer(std::string_view blob
);

}  // namespace innergate::handlers::inspectors
