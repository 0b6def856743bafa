// Whether a folder is a repository, and in which form it keeps objects and refs.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>

namespace innergate::handlers::inspectors::git {

/// Whether git takes the folder for a repository: it holds `HEAD`, `objects/` and `refs/`,
/// whatever their form. Throws a Failure where it cannot be looked into.
[[nodiscard]] bool is_repository(const std::filesystem::path& folder);

struct Format {
    std::size_t id_digits = 40;
    /// The settings because of which libgit2 cannot read the objects (SHA-256), or the refs are not
    /// files (reference tables). Empty where there are none.
    std::string other_objects;
    std::string other_refs;
};

/// Reads the repository's configuration. Throws a Failure where this names a format version above
/// 1, or an extension that is not known. The check is made here because libgit2 1.5 loses a hundred
/// kilobytes each time it makes it, and its other way of opening does not make it.
[[nodiscard]] Format read_format(const std::filesystem::path& repository);

}  // namespace innergate::handlers::inspectors::git
