// What a push brings: LFS pointers and large blobs.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "handlers/inspectors/gitaly/services.hpp"

namespace innergate::handlers::inspectors::gitaly {

/// Those in the quarantine where there is one, else those that `tips` reach and no ref reaches.
[[nodiscard]] Inspected<std::vector<domain::git_access::LfsPointer>> list_new_pointers(
    const Services& services, const Target& target, std::span<const std::string> tips
);

/// As list_new_pointers(). git completes deltas with their bases, so a quarantine may hold blobs
/// that the repository has already: such blobs are not new.
[[nodiscard]] Inspected<std::vector<domain::git_access::BlobSize>> list_new_blobs_over(
    const Services& services,
    const Target& target,
    std::span<const std::string> tips,
    std::uint64_t bytes
);

}  // namespace innergate::handlers::inspectors::gitaly
