// Whether what a client sent can lead out of a storage, judged by its text alone: the folders are
// on another host.
#pragma once

#include <optional>
#include <string>

#include "handlers/inspectors/gitaly/client.hpp"

namespace innergate::handlers::inspectors::gitaly {

/// Paths of the repository lie in the storage, those of the quarantine too: Gitaly's own operations
/// keep theirs beside the repositories. Nothing: all of them do. Gitaly looks again.
[[nodiscard]] std::optional<std::string> why_outside_storage(const Target& target);

}  // namespace innergate::handlers::inspectors::gitaly
