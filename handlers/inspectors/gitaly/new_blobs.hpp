// What a push brings: LFS pointers and large blobs.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "handlers/inspectors/gitaly/services.hpp"

namespace innergate::handlers::inspectors::gitaly {

/// Of the quarantine where there is one, else of what `tips` reach and no ref does.
[[nodiscard]] Inspected<std::vector<domain::git_access::LfsPointer>> list_new_pointers(
    const Services& services, const Target& target, std::span<const std::string> tips
);

/// As list_new_pointers(). A quarantine may hold again what the repository has, for git completes
/// deltas with their bases: such blobs are not new.
[[nodiscard]] Inspected<std::vector<domain::git_access::BlobSize>> list_new_blobs_over(
    const Services& services,
    const Target& target,
    std::span<const std::string> tips,
    std::uint64_t bytes
);

}  // namespace innergate::handlers::inspectors::gitaly
