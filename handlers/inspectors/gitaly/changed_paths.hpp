// Whether a push changes one of some files.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "handlers/inspectors/gitaly/services.hpp"

namespace innergate::handlers::inspectors::gitaly {

/// As Inspection::first_changed_path(). Reads no further than to the first hit.
[[nodiscard]] Inspected<std::optional<std::string>> find_changed_path(
    const Services& services,
    const Target& target,
    std::string_view old_commit,
    std::string_view new_commit,
    std::span<const std::string> paths
);

}  // namespace innergate::handlers::inspectors::gitaly
