// Who looks into the repositories of a storage, when its settings leave it open.
#pragma once

#include <sys/types.h>
#include <unistd.h>

#include "app/settings/storages.hpp"

namespace innergate::settings {

/// What `inspector` says. `auto` is local where the folder at `path` belongs to `account` (or is
/// not there, which the first look will tell). Else it is Gitaly where its address is written in
/// the settings, else nobody. Only the account that owns the repositories can look into them: git
/// makes the quarantine of each push with rights for its own account alone.
///
/// Looks at the file system.
[[nodiscard]] Inspector choose_inspector(const Storage& storage, uid_t account = ::geteuid());

/// The owner of the folder at `path`; nothing: there is no folder, or it cannot be seen.
[[nodiscard]] std::optional<uid_t> owner_of_folder(const std::string& path);

}  // namespace innergate::settings
