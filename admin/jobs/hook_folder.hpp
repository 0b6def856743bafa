// The operator's executables in a folder such as post-receive.d.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include <tl/expected.hpp>

namespace innergate::admin::jobs {

/// By name: regular files, or links to such, that this process may execute. Left out are names that
/// begin with a dot or end with a tilde, which editors and package managers leave behind. A folder
/// that is not there has none. Errors: why the folder cannot be read, or that somebody else could
/// put an executable there or change one. Folder and executables, and the folders they lie in up to
/// the root, have to be root's or this account's and writable by nobody else (where folders are
/// sticky, as /tmp is, what lies in them counts).
[[nodiscard]] tl::expected<std::vector<std::filesystem::path>, std::string> hooks_in(
    const std::filesystem::path& folder
);

}  // namespace innergate::admin::jobs
