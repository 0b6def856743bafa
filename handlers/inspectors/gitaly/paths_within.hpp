// Whether what a client sent can lead out of a storage, judged by its text alone: the folders are
// on another host.
#pragma once

#include <optional>
#include <string>

#include "handlers/inspectors/gitaly/client.hpp"

namespace innergate::handlers::inspectors::gitaly {

/// The paths of the repository have to lie in the storage. So do those of the quarantine, since
/// Gitaly's own operations keep theirs beside the repositories. Nothing: all do. Gitaly checks
/// again.
[[nodiscard]] std::optional<std::string> why_outside_storage(const Target& target);

}  // namespace innergate::handlers::inspectors::gitaly
