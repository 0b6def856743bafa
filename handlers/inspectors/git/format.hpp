// Whether libgit2 reads a repository as git does.
#pragma once

#include <filesystem>

namespace innergate::handlers::inspectors::git {

/// Throws a Failure where the repository's configuration names a format version above 1, or an
/// extension by which objects or refs are kept in another way (SHA-256, reference tables). Asked
/// here because libgit2 1.5 loses a hundred kilobytes each time it asks itself, and its other way
/// of opening does not ask.
void require_readable_format(const std::filesystem::path& repository);

}  // namespace innergate::handlers::inspectors::git
